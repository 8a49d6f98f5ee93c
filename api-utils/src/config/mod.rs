//! Configuration: sources, values with their origin, one report of every problem.
