//! Money: invoices, credit notes, ledger entries, things sold.

use super::{Life, Made, SYSTEM, Tail};
use crate::clock::{self, DAY};
use crate::places::{PLACES, PLANS, PRODUCTS};
use crate::platform::{Invoice, Platform};
use crate::template::{Body, Form, Money, NULL};
use nexwatch_nexudus::Ms;

impl Platform {
    /// 15 to 19 and 21 to 24.
    pub(crate) fn invoice(&mut self, number: u8, place: Option<usize>, now: Ms) -> Made {
        let fresh = matches!(number, 15 | 16);
        let length = self.invoices.len();
        let start = self.dice.below(length.max(1) as u64) as usize;
        let settles = matches!(number, 21..=24);
        let known = (0..length).map(|n| (start + n) % length).find(|at| {
            let invoice = &self.invoices[*at];
            !fresh
                && (!settles || invoice.paid.is_none())
                && place.is_none_or(|place| self.customers[invoice.thing.who].place == place)
        });
        let mut invoice = match known.and_then(|at| self.invoices.remove(at)) {
            Some(invoice) => invoice,
            None => self.new_invoice(place, if fresh { now } else { now - 3 * DAY }),
        };
        if matches!(number, 21 | 23) {
            invoice.paid = Some(now);
            self.owes(invoice.thing.who, false);
        }
        if number == 22 {
            self.owes(invoice.thing.who, true);
        }
        let made = self.invoice_body(&invoice, number, now);
        if number != 17 {
            Platform::keep(&mut self.invoices, invoice);
        }
        made
    }

    fn new_invoice(&mut self, place: Option<usize>, at: Ms) -> Invoice {
        let who = self.anyone(place);
        let customer = &self.customers[who];
        let (plan, pounds) = PLANS[customer.plan];
        let place = &PLACES[customer.place];
        let total = place.price(pounds) * 6 / 5;
        // A cent, or a whole unit of money that has no cents.
        let step = place.step.clamp(100, 10_000);
        let description = format!("{plan} | {}", clock::month_name(at));
        let serial = self.serial + 1;
        let number = format!("{}-{}-{serial:06}", place.prefix, clock::year(at));
        let thing = self.thing(1_427_733_000, who, at, number.clone());
        Invoice {
            thing,
            number,
            total: total / step * step,
            description,
            paid: None,
        }
    }

    fn invoice_body(&mut self, invoice: &Invoice, action: u8, now: Ms) -> Made {
        let customer = self.customers[invoice.thing.who].clone();
        let place = &PLACES[customer.place];
        let zone = place.time_zone();
        let (from, to) = (
            clock::month(invoice.thing.created, 0),
            clock::month(invoice.thing.created, 1),
        );
        let due = invoice.thing.created + 14 * DAY;
        let paid = invoice.paid.is_some();
        let owed = if paid { 0 } else { invoice.total };
        let refunded = action == 19;
        let tried = matches!(action, 21..=24).then_some(now - 4_000);
        let mut body = Body::new(Form::CoworkerInvoice);
        body.set("CoworkerId", customer.id)
            .set("CoworkerFullName", &customer.name)
            .set(
                "CoworkerCardNumber",
                format!("************{:04}", customer.card % 10_000),
            )
            .set("CoworkerBillingEmail", &customer.email)
            .set("CoworkerCompanyName", customer.company.as_deref())
            .set(
                "CoworkerTeamNames",
                customer.team.and(customer.company.as_deref()),
            )
            .set("BusinessId", place.id)
            .set("BusinessName", place.name)
            .set("InvoiceNumber", &invoice.number)
            .set(
                "PaymentReference",
                format!("{}-{:06}", place.prefix, invoice.thing.id % 1_000_000),
            )
            .set("BillToName", customer.company.as_ref().unwrap_or(&customer.name))
            .set(
                "BillToAddress",
                format!("{} {}", customer.card % 180 + 1, place.street),
            )
            .set("BillToCity", place.city)
            .set("BillToPostCode", place.post_code)
            .set("BillToCountryName", place.country)
            .set("BillToCountryTwoDigitsCode", place.country_code)
            .set("Description", &invoice.description)
            .set("DueDate", clock::seconds(due))
            .set("InvoiceFromDate", clock::seconds(from))
            .set("InvoiceToDate", clock::seconds(to))
            .set("TotalAmount", Money(invoice.total))
            .set("PaidAmount", Money(invoice.total - owed))
            .set("CurrencyId", place.currency_id)
            .set("CurrencyCode", place.currency)
            .set("TaxAmount", Money(invoice.total / 600 * 100))
            .set("Void", action == 17)
            .set("Paid", paid)
            .set("SentOn", clock::seconds(invoice.thing.created + 3_000))
            .set("PaidOn", invoice.paid.map(clock::seconds))
            .set("Refunded", refunded)
            .set("RefundedOn", refunded.then(|| clock::seconds(now)))
            .set("ContractGuid", customer.contract_guid)
            .set("LastPaymentAttempt", tried.map(clock::seconds))
            .set("CreatedOnLocal", clock::local(invoice.thing.created, &zone))
            .set("DueDateLocal", clock::local(due, &zone))
            .set("InvoiceFromDateLocal", clock::local(from, &zone))
            .set("InvoiceToDateLocal", clock::local(to, &zone))
            .set("PaidOnLocal", invoice.paid.map(|at| clock::local(at, &zone)))
            .set("RefundedOnLocal", refunded.then(|| clock::local(now, &zone)))
            .set("ReceivedAmount", Money(invoice.total - owed))
            .set("RefundedAmount", Money(if refunded { invoice.total } else { 0 }))
            .set("IsDue", !paid && due < now)
            .set("DueAmount", Money(owed));
        self.tail(&mut body, &Tail::of(&invoice.thing, SYSTEM), now);
        Made {
            body,
            place: customer.place,
            free: None,
        }
    }

    /// 20: part of an invoice is taken back.
    pub(crate) fn credit_note(&mut self, place: Option<usize>, now: Ms) -> Made {
        let original = self.new_invoice(place, now - 9 * DAY);
        let customer = self.customers[original.thing.who].clone();
        let place = &PLACES[customer.place];
        let amount = -place.price(self.dice.within(5, 60));
        let number = format!("{}-CN-{}-{:06}", place.prefix, clock::year(now), self.serial);
        let thing = self.thing(1_427_733_000, original.thing.who, now, number.clone());
        let mut body = Body::new(Form::CreditNote);
        body.set("CoworkerId", customer.id)
            .set("CoworkerFullName", &customer.name)
            .set(
                "CoworkerCardNumber",
                format!("************{:04}", customer.card % 10_000),
            )
            .set("CoworkerBillingEmail", &customer.email)
            .set("CoworkerCompanyName", customer.company.as_deref())
            .set(
                "CoworkerTeamNames",
                customer.team.and(customer.company.as_deref()),
            )
            .set("BusinessId", place.id)
            .set("BusinessName", place.name)
            .set("InvoiceNumber", &number)
            .set(
                "PaymentReference",
                format!("{}-{:06}", place.prefix, thing.id % 1_000_000),
            )
            .set("BillToName", customer.company.as_ref().unwrap_or(&customer.name))
            .set("BillToCity", place.city)
            .set("BillToCountryName", place.country)
            .set("BillToCountryTwoDigitsCode", place.country_code)
            .set("Description", format!("Credit for {}", original.number))
            .set("TotalAmount", Money(amount))
            .set("TaxAmount", Money(amount / 600 * 100))
            .set("CurrencyId", place.currency_id)
            .set("CurrencyCode", place.currency)
            .set("OriginalInvoiceGuid", original.thing.guid)
            .set("CreatedOnLocal", clock::local(now, &place.time_zone()));
        self.tail(&mut body, &Tail::of(&thing, SYSTEM), now);
        Made {
            body,
            place: customer.place,
            free: None,
        }
    }

    /// 65 to 67.
    pub(crate) fn ledger_entry(&mut self, number: u8, place: Option<usize>, now: Ms) -> Made {
        let life = match number {
            65 => Life::New,
            66 => Life::Gone,
            _ => Life::Changed,
        };
        let entry = self.about(65, life, place, now, |all, who| {
            let prefix = PLACES[all.customers[who].place].prefix;
            let text = format!("{prefix}-{}-{:06}", clock::year(now), all.serial);
            all.thing(1_429_955_000, who, now, text)
        });
        let customer = self.customers[entry.who].clone();
        let place = &PLACES[customer.place];
        let amount = place.price(PLANS[customer.plan].1);
        let at = entry.created;
        let mut body = Body::new(Form::CoworkerLedgerEntry);
        body.set("BusinessId", place.id)
            .set("BusinessName", place.name)
            .set("BusinessCurrencyCode", place.currency)
            .set("CoworkerId", customer.id)
            .set("CoworkerFullName", &customer.name)
            .set("CoworkerInvoiceId", entry.id - 2_222_000)
            .set("CoworkerInvoiceInvoiceNumber", &entry.text)
            .set(
                "CoworkerInvoiceTotalAmount",
                format!("{}.{:02}", amount / 10_000, amount / 100 % 100),
            )
            .set(
                "CoworkerInvoiceBillToName",
                customer.company.as_ref().unwrap_or(&customer.name),
            )
            .set("CoworkerInvoicePaidOn", clock::seconds(at))
            .set("CoworkerInvoiceDueDate", clock::seconds(clock::month(at, 1)))
            .set("Description", format!("Payment for {}", entry.text))
            .set("Code", format!("pi_SAMPLE{:x}", entry.id))
            .set("Credit", Money(amount))
            .set(
                "PaymentMethodNumber",
                format!("************{:04}", customer.card % 10_000),
            )
            .set("TransactionDate", clock::seconds(at))
            .set("TransactionDateLocal", clock::local(at, &place.time_zone()));
        self.tail(&mut body, &Tail::of(&entry, SYSTEM), now);
        Made {
            body,
            place: customer.place,
            free: None,
        }
    }

    /// 68 to 70.
    pub(crate) fn product_sold(&mut self, number: u8, place: Option<usize>, now: Ms) -> Made {
        let life = [Life::New, Life::Changed, Life::Gone][usize::from(number - 68)];
        let sale = self.about(68, life, place, now, |all, who| {
            let id = all.serial + 1 + 1_427_207_000;
            all.thing(1_427_207_000, who, now, format!("#{id}"))
        });
        let customer = self.customers[sale.who].clone();
        let place = &PLACES[customer.place];
        let product = sale.id as usize % PRODUCTS.len();
        let price = place.price(PRODUCTS[product].1);
        let quantity = sale.id % 3 + 1;
        let monthly = product == 0;
        let mut body = Body::new(Form::CoworkerProduct);
        body.set("CoworkerId", customer.id)
            .set("CoworkerFullName", &customer.name)
            .set("CoworkerCompanyName", customer.company.as_deref())
            .set("CoworkerBillingName", customer.company.as_deref())
            .set("CoworkerEmail", &customer.email)
            .set("BusinessId", place.id)
            .set("ProductId", 1_082_900_000 + product as i64)
            .set("ProductName", PRODUCTS[product].0)
            .set("ProductPrice", Money(price))
            .set("ProductCurrencyCode", place.currency)
            .set("Quantity", quantity)
            .set("RegularCharge", monthly)
            .set("RepeatFrom", monthly.then(|| clock::seconds(sale.created)))
            .set("SaleDate", clock::seconds(sale.created))
            .set("TotalPrice", Money(price * quantity))
            .set("UnitPrice", Money(price))
            .set(
                "RecurringTotal",
                if monthly {
                    Some(Money(price * quantity))
                } else {
                    None
                },
            );
        if !monthly {
            body.set("RepeatCycle", NULL).set("RepeatUnit", NULL);
        }
        let by = self.staff();
        self.tail(&mut body, &Tail::of(&sale, by), now);
        Made {
            body,
            place: customer.place,
            free: None,
        }
    }
}
