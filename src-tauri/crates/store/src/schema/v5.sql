-- Version 5: routes and headers that only suspects had are numbered below zero, and go with them.

-- No table changes. A program that knows only version 4 must not write here: it would give such a number to a delivery, from
-- which it would be taken when the last suspect that has it goes.
