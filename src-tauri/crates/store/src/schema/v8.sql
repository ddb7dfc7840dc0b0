-- Version 8: the amount of what becomes of an invoice is what was paid, refunded or is due, as its sentence says, not the
-- invoice's total.

UPDATE event SET amount = sum_of_invoice(sentence)
WHERE action IN (19, 21, 22, 23, 24) AND amount IS NOT coalesce(sum_of_invoice(sentence), amount);
