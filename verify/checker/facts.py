"""Further rules of `order-chain`: sums over neurons, and the training objective.

A network N has neurons N_i, |N_i| is the norm |.|_a of one neuron, |N| = (sum |N_i|^b)^(1/b) and
Theta = {|N| <= 1}; nu > 0 is the degree of a neuron.  V_Q >= 0 is the largest E_Q psi' over one
neuron with |w| <= 1, Omega'_Q the set where it is attained.  No rule assumes b = nu silently: the
sum of |N_i|^nu is at most |N|^nu for b <= nu only, and a combination has norm <= 1 for b >= nu.
CE is the mean cross-entropy over the data D with p classes, and

    floor(t) = ln(1 + exp(-t)) / |D|,    loss(t) = ln(1 + (p - 1) exp(-t)).

Why each fact holds: docs/lemmas, *neurons in chains* and *losses in chains*.
"""

_COMBINED = "{M} has neurons alpha_i w_i, w_i in Omega'_{Q}, alpha_i >= 0, sum alpha_i^nu = 1"

RULES = {
    # g <= g' at every point, and a minimum is at most a mean
    "weighted-min": ("min_D g({N})", "<=", "min_D g'({N})", ""),
    "weighted-min-le-mean": ("min_D g'({N})", "<=", "E_{Q} g'({N})", ""),
    "max-margin": ("min_D g({N})", "<=", "min_D g({M})",
                   "{M} maximises min_D g over Theta, and {N} lies in Theta"),
    # g' is linear in f, f a sum over neurons, each homogeneous of degree nu
    "neuron-sum": ("E_{Q} g'({N})", "=", "sum E_{Q} psi'({N}_i)", ""),
    "neuron-value": ("sum E_{Q} psi'({N}_i)", "<=", "V_{Q} sum |{N}_i|^nu", ""),
    "resized": ("E_{Q} g'({M})", "=", "V_{Q} sum |{N}_i|^nu",
                "{M} has neurons |{N}_i| w with w in Omega'_{Q}"),
    # sum s_i^nu <= (sum s_i^b)^(nu/b) for nu/b >= 1, and V_Q >= 0
    "unit-mass": ("V_{Q} sum |{N}_i|^nu", "<=", "V_{Q}", "{N} lies in Theta, and b <= nu"),
    "combination": ("E_{Q} g'({M})", "=", "V_{Q}", _COMBINED),
    "combination-mass": ("|{M}|", "<=", "1", _COMBINED + ", and b >= nu"),
    # one wrong label has a logit within min_D g of the right one; none is nearer
    "loss-floor": ("floor(min_D g({N}))", "<=", "CE({N})", ""),
    "loss-ceiling": ("CE({N})", "<=", "loss(min_D g({N}))", ""),
    # exp and loss are convex, and loss decreases
    "loss-jensen": ("loss(E_{Q} g'({N}))", "<=", "CE({N})", "{Q} and tau are uniform"),
    "loss-dual": ("loss(gamma* |{N}|^nu)", "<=", "loss(E_{Q} g'({N}))",
                  "V_{Q} = gamma*, and b <= nu"),
    "loss-minimiser": ("CE({M})", "<=", "CE({N})",
                       "{M} minimises CE + a function of the norm, and {N} has its norm"),
    "loss-rescaled": ("loss(min_D g({N}))", "=", "loss(gamma* |{M}|^nu)",
                      "{N} is a max-margin network scaled to the norm of {M}"),
}
