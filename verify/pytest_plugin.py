"""pytest plugin: one test item per claim."""
