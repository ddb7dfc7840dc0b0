//! The names that a saying is written with, each under its place in a list.
//!
//! Rows of every age are read by these lists: they only grow, at their end. A name that is changed in the catalogue stays
//! here as it was, beside the new one. The first ones, which one character stands for, were the most frequent of a year of
//! deliveries.

use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// Messages of the catalogue.
const MESSAGES: &str = "
    checkin-in checkin-out booking-created visitor-arrived visitor-expected access-changed customer-in
    invoice-created invoice-paid access-updated visitor-host-told ledger-created customer-out booking-cancelled
    delivery-arrived checkin-refused booking-checked-in booking-moved booking-extended message-to
    payment-received booking-changed help-desk-reply invoice-fields contract-renewed product-added
    help-desk-asked payment-failed invoice-awaits customer-refused customer-created any delivery-moved
    customer-welcomed customer-changed contract-activated attendee-in contract-created any-fields customer-saved
    booking-tentative visitor-deleted reply-new team-joined-and-left invoice-saved contract-first
    contract-cancelled chat-message product-saved invoice-first delivery-assigned contract-term-moved
    booking-tour subscriber-new proposal-created thread-new checkin-deleted invoice-refunded
    payment-method-added event-capacity event-created ledger-saved help-desk-note contract-changes-plan
    proposal-sent attendee-checked-in contract-upgraded desk-fields ledger-deleted product-removed
    contract-deleted article-deleted invoice-deleted proposal-deleted team-deleted team-created
    subscriber-removed article-new desk-deleted contract-downgraded customer-deleted subscriber-unsubscribed
    payment-method-removed desk-created event-deleted attendee-out subscriber-subscribed article-fields
    proposal-accepted proposal-rejected contract-changed desk-taken payment-method-provider contract-regraded
    attendee-fields booking-unconfirmed booking-confirmed contract-cancel-withdrawn payment-method-saved
    team-changed contract-saved customer-updated contract-fields contract-next-withdrawn delivery-changed
    customer-other-plan desk-changed article-changed booking-saved ledger-amount event-fields
    customer-owes-nothing any-place event-saved customer-owes attendee-changed booking-updated team-left booking
    booking-shortened booking-moved-away booking-other-room booking-not-checked-in booking-paid booking-unpaid
    booking-invoiced booking-passed-on booking-priced checkin checkin-updated checkin-reopened checkin-corrected
    checkin-changed checkin-saved visitor-left visitor-approval-requested visitor-approved visitor-held
    visitor-refused visitor-moved visitor-other-host visitor-changed visitor-saved customer customer-activated
    customer-suspended customer-archived customer-unarchived customer-cancels customer-cancels-otherwise
    customer-stays customer-left-plan customer-next-plan customer-other-team customer-joined-team
    customer-left-team customer-other-place customer-renamed delivery delivery-reassigned delivery-unassigned
    delivery-collected delivery-signed delivery-forwarded delivery-returned delivery-deposited delivery-shredded
    delivery-recycled delivery-scanned delivery-notified delivery-saved contract contract-price
    contract-replanned contract-cancel-set contract-cancel-moved contract-renewal-moved contract-start-moved
    contract-ended contract-paused contract-resumed contract-desk-moved contract-desk-given contract-desk-taken
    invoice-changed invoice-voided invoice-voided-or-refunded invoice invoice-part-paid invoice-unpaid
    invoice-sent invoice-issued invoice-due-moved invoice-amount invoice-credited invoice-attempted
    ledger-changed ledger ledger-invoice ledger-fields product-changed product product-invoiced product-paid
    product-price product-quantity product-ends product-fields payment-method-changed payment-method
    payment-method-card payment-method-fields proposal-changed proposal proposal-drafted proposal-opened
    proposal-price proposal-plan proposal-start proposal-expiry proposal-fields proposal-saved team team-joined
    team-payer team-no-payer team-renamed team-fields team-saved help-desk-message help-desk-closed
    help-desk-reopened help-desk-assigned help-desk-fields help-desk-saved message-from event-changed event
    event-moved event-renamed event-place attendee attendee-check-in-undone attendee-paid attendee-ticket
    attendee-saved subscriber subscriber-fields subscriber-saved thread reply article article-renamed
    article-out-moved article-out article-in article-saved desk desk-freed desk-handed desk-available
    desk-unavailable desk-price desk-renamed desk-moved desk-saved unreadable-json unreadable-empty
    unreadable-object unreadable-more any-price any-renamed any-saved
";

/// Words of the catalogue that stand in a message, and fields of bodies that are called by name.
const WORDS: &str = "
    source-door field-RenewalDate source-tile field-Notes checkin-automatic source-network source-manual
    source-sensor delivery-parcel field-MacAddresses visitor-tour field-CoworkerExtraServicePrice
    field-LastPaymentAttempt visitor-waits-for-approval field-HandlingPreference field-DeliveryType
    field-CreatedOn field-InvoicedPeriod field-StoredForCollectionOn delivery-mail delivery-cheque
    field-UniqueId field-ContractTerm field-Tentative field-ExpirationDate field-Location
    field-TariffAtTheTimeOfCheckin field-IsTour field-RequiresSignature desk-kind-dedicated provider-stripe
    field-PositionY field-PositionX field-ShortDescription provider-stripe-bacs provider-gocardless
    field-TariffName field-FullText field-SummaryText field-StartDate field-TariffAtTheTimeOfBooking
    field-CheckedInDate field-Refunded field-RefundedAmount field-RefundedOn field-Desks field-Active
    field-NextTariffName field-CancellationDate field-CancellationNotes field-HasDueInvoices field-Price
    field-CoworkerInvoiceTotalAmount customer-has-due-invoices attendee-state-in approval-requested
    approval-refused approval-held approval-granted announced-by-team announced-by-kiosk announced-by-customer
    visitor-is-held customer-is-archived customer-is-not-active customer-has-plan delivery-publicity kind-mail
    kind-parcel kind-cheque kind-publicity handling-store handling-forward handling-scan-forward
    handling-scan-recycle handling-scan-shred handling-scan-store handling-recycle handling-return
    handling-shred handling-deposit provider-stripe-ach provider-credit-note provider-transfer provider-cash
    provider-cheque proposal-state-draft proposal-state-sent proposal-state-accepted proposal-state-rejected
    desk-kind-office desk-kind-hot desk-kind-room field-Archived field-BusinessId field-BusinessName
    field-CompanyName field-CoworkerCompanyName field-CoworkerEmail field-CoworkerFullName field-CoworkerId
    field-CoworkerTeamNames field-CustomFields field-Description field-Email field-FromTime field-Name
    field-ResourceId field-ResourceName field-Source field-Tag field-TariffId field-TeamName field-TeamNames
    field-ToTime field-BookingProducts field-BookingVisitors field-CancelIfNotCheckedIn field-CancelIfNotPaid
    field-ChargeNow field-CheckedInAt field-CoworkerInvoiceNumber field-CoworkerInvoicePaid field-DiscountAmount
    field-DiscountCode field-EstimatedCost field-EstimatedCostWithProducts field-EstimatedProductCost
    field-ExtraServiceName field-FloorPlanDeskName field-InternalNotes field-InvoiceDate field-InvoiceNow
    field-Invoiced field-IsEvent field-LastNotificationTime field-MrmReminded field-Online field-OverridePrice
    field-PurchaseOrder field-Reminded field-RepeatBooking field-RepeatEvery field-RepeatUntil field-Repeats
    field-AutoCheckout field-CheckinAttemptTime field-CountsTowardsPlanLimits field-LastActivity
    field-TeamsAtTheTimeOfCheckin field-ArrivalDate field-Arrived field-CustomerNotes field-DepartureDate
    field-ExpectedArrival field-HasAgreedTerms field-HostApprovalStatus field-Internal field-Notified
    field-PhoneNumber field-TourConfirmed field-VisitReason field-VisitorCode field-VisitorSource
    field-AccessCardId field-AccessPincode field-Address field-AlertNote field-AllowNetworkCheckin
    field-AvatarFileName field-BankAccount field-BankBranch field-BankName field-BillingAddress
    field-BillingCityName field-BillingDay field-BillingEmail field-BillingName field-BillingPostCode
    field-BusinessArea field-BusinessNames field-Businesses field-CanAccessCommunity field-CanMakeBookings
    field-CanPurchaseEvents field-CanPurchaseProducts field-CardNumber field-CityName field-CoworkerContractIds
    field-CoworkerType field-DateOfBirth field-FullName field-Gender field-GeneralTermsAccepted
    field-InvoicingBusinessName field-KeyFobNumber field-LandLine field-MobilePhone field-NextAutoInvoice
    field-NickName field-NotifyOnDelivery field-Password field-Position field-PostCode field-ProfileIsPublic
    field-ProfileSummary field-ProfileTags field-ProfileWebsite field-RecurrentProductsNames
    field-ReferenceNumber field-RegistrationDate field-RegularPaymentProvider field-Salutation field-ShowAlert
    field-TaxIDNumber field-TaxRate field-UserActive field-Billed field-CheckDeposited field-CheckDepositedOn
    field-Collected field-CollectedOn field-ContractContactFullName field-Forwarded field-ForwardedOn
    field-Processed field-ReceivedBy field-Recycled field-RecycledOn field-ReturnedToSender
    field-ReturnedToSenderOn field-Scanned field-ScannedOn field-Shredded field-ShreddedOn
    field-SignatureFileName field-Signed field-StoredForCollection field-CancellationLimitDays
    field-CancellationReason field-Cancelled field-DeliveryInstructions field-FloorPlanDeskNames
    field-MainContract field-PricePlanTermsAccepted field-Quantity field-Value field-BillToAddress
    field-BillToName field-Credit field-CreditedAmount field-Debit field-DueDate field-InvoiceFromDate
    field-InvoiceLines field-InvoiceNumber field-InvoiceOn field-InvoiceToDate field-MandateId field-MethodId
    field-PaidAmount field-PaidOn field-PaymentReference field-RegularCharge field-RepeatCycle field-RepeatUnit
    field-SaleDate field-Sent field-SentOn field-TaxAmount field-TotalAmount field-TransactionDate
    field-CancellationLimit field-CoworkerFullNames field-CoworkerIds field-CreateSingleInvoiceForTeam
    field-CustomerLastOpenedDate field-MaxTeamMemberCount field-PayingMemberFullName field-ProposalStatus
    field-Reference field-ResponsibleFullName field-TeamAdministrators field-TeamMembers field-Closed
    field-HelpDeskDepartmentName field-MessageText field-OwnerFullName field-Priority field-Subject
    field-Allocation field-CalendarEventName field-CheckedIn field-EndDate field-EventProductName
    field-HostFullName field-LongDescription field-PublishDate field-TicketNotes field-VenueAddress
    field-BlogCategories field-Body field-Groups field-Language field-Message field-PostedByFullName field-Tags
    field-Title field-UnpublishDate field-Area field-Available field-AvailableFromTime field-AvailableToTime
    field-Capacity field-CoworkerContractFullNames field-FloorPlanName field-ItemType field-Size
";

/// Pieces of messages with their kind: one name is a text in one message and a day in another.
const PIECES: &str = "
    how=w span=s host=t time=a field1=w payer=t text=t sum=m due-on=d shelf=t old=s new=s field2=w kind=w
    credit=m about=t day=d reason=t field3=w tour=w paid=m department=t count=n due=m from=t approval=w more=n
    reference=t company=t ticket=t title=t plan=t went=n came=n came1=t went1=t went2=t came2=t came-more=n
    went-more=n note=n provider=w when=s place=t before=d after=d before=m after=m old=t span=a before=t after=t
    next=t members=n before=w after=w state=w old=a new=a old=d new=d old=m new=m new=t from=d until=d after=a
    before=a before=n after=n when=a debit=m groups=n private=n visitors=n invoice=t to=t day=a day=s count=t
    note=t tour=t date=d number=t total=m
";

/// Currencies (ISO 4217).
const CURRENCIES: &str = "
    EUR GBP USD CAD AUD CHF SEK NOK DKK PLN CZK NZD ZAR AED SGD HKD JPY INR MXN BRL TRY ILS SAR THB
";

/// One of the lists, to be looked up both ways.
pub(super) struct List {
    names: Vec<&'static str>,
    places: FxHashMap<&'static str, u64>,
}

impl List {
    fn new(names: &'static str) -> List {
        let names: Vec<&str> = names.split_ascii_whitespace().collect();
        let places = names.iter().copied().zip(0..).collect();
        List { names, places }
    }

    /// The place of a name.
    pub fn place(&self, name: &str) -> Option<u64> {
        self.places.get(name).copied()
    }

    /// The name at a place; none where a newer program knows more of them.
    pub fn name(&self, place: u64) -> Option<&'static str> {
        self.names.get(usize::try_from(place).ok()?).copied()
    }
}

/// The list of pieces: a name and a kind.
pub(super) struct Pieces {
    names: Vec<(&'static str, char)>,
    places: FxHashMap<(&'static str, char), u64>,
}

impl Pieces {
    fn new(pieces: &'static str) -> Pieces {
        let pair = |piece: &'static str| {
            let (name, kind) = piece.split_once('=')?;
            Some((name, kind.chars().next()?))
        };
        let names: Vec<(&str, char)> = pieces.split_ascii_whitespace().filter_map(pair).collect();
        let places = names.iter().copied().zip(0..).collect();
        Pieces { names, places }
    }

    /// The place of a piece of a kind.
    pub fn place<'a>(&'a self, name: &'a str, kind: char) -> Option<u64> {
        // Names that live as long as the program are also names that live shorter.
        let places: &FxHashMap<(&'a str, char), u64> = &self.places;
        places.get(&(name, kind)).copied()
    }

    /// The piece at a place; none where a newer program knows more of them.
    pub fn name(&self, place: u64) -> Option<(&'static str, char)> {
        self.names.get(usize::try_from(place).ok()?).copied()
    }
}

/// All lists.
pub(super) struct Names {
    pub messages: List,
    pub words: List,
    pub pieces: Pieces,
    pub currencies: List,
}

impl Names {
    /// Made once.
    pub fn get() -> &'static Names {
        static MADE: OnceLock<Names> = OnceLock::new();
        MADE.get_or_init(|| Names {
            messages: List::new(MESSAGES),
            words: List::new(WORDS),
            pieces: Pieces::new(PIECES),
            currencies: List::new(CURRENCIES),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::PAYLOADS;
    use crate::voice::catalogue::Catalogue;
    use crate::{Arrival, Piece, Voice, read};
    use std::collections::HashSet;
    use std::fmt::Write as _;

    /// Names that only the voice says: none of them is ever kept.
    const OF_THE_VOICE: &[&str] = &[
        "articles",
        "changed-also",
        "changed-list",
        "date",
        "date-year",
        "decimal-mark",
        "group-from",
        "group-mark",
        "invoices-cancelled",
        "invoices-refunded",
        "labelled",
        "moment",
        "money-bare",
        "money-code",
        "money-sign",
        "no",
        "nothing-known",
        "person",
        "resource",
        "something-happened",
        "span-of-a-day",
        "span-of-clocks",
        "span-of-days",
        "today",
        "tomorrow",
        "unknown-field",
        "yes",
        "yesterday",
    ];
    const BEGINNINGS_OF_THE_VOICE: &[&str] = &[
        "action-", "entity-", "fact-", "label-", "month-", "part-", "weekday-",
    ];
    /// Pieces that the row gives, and those of names above.
    const OF_THE_ROW: &[&str] = &["who", "what", "where", "sum", "label", "thing"];

    /// Where this fails at a line that was there before, rows of today could not be read any more: only new lines at the
    /// end of a list are right.
    #[test]
    fn a_name_stays_at_its_place() {
        let mut all = String::new();
        for (title, list) in [
            ("messages", MESSAGES),
            ("words", WORDS),
            ("pieces", PIECES),
            ("currencies", CURRENCIES),
        ] {
            for (place, name) in list.split_ascii_whitespace().enumerate() {
                writeln!(all, "{title} {place} {name}").unwrap();
            }
        }
        insta::assert_snapshot!(all);
    }

    #[test]
    fn no_name_is_there_twice() {
        for list in [MESSAGES, WORDS, PIECES, CURRENCIES] {
            let mut seen = HashSet::new();
            let twice: Vec<&str> = list
                .split_ascii_whitespace()
                .filter(|name| !seen.insert(*name))
                .collect();
            assert!(twice.is_empty(), "{twice:?}");
        }
        let pieces = PIECES.split_ascii_whitespace().count();
        assert_eq!(Names::get().pieces.names.len(), pieces);
    }

    #[test]
    fn the_whole_catalogue_is_in_the_lists() {
        let names = Names::get();
        let mut missing = Vec::new();
        for (message, asked) in Catalogue::of("en").messages() {
            let voice = BEGINNINGS_OF_THE_VOICE
                .iter()
                .any(|start| message.starts_with(start));
            if voice || OF_THE_VOICE.contains(&message) && !message.starts_with("changed-") {
                continue;
            }
            let known = names
                .messages
                .place(message)
                .or_else(|| names.words.place(message));
            if known.is_none() && !OF_THE_VOICE.contains(&message) {
                missing.push(message.to_owned());
            }
            let unknown = asked.iter().filter(|asked| {
                let kinds = "tmadsnw".chars();
                !OF_THE_ROW.contains(&asked.as_str())
                    && kinds.filter_map(|kind| names.pieces.place(asked, kind)).count() == 0
            });
            missing.extend(unknown.map(|asked| format!("{message}: {asked}")));
        }
        assert!(missing.is_empty(), "{missing:?}");
    }
    /// What the lists do not know is written in full, which is right and long: nothing that the program says of itself is.
    #[test]
    fn nothing_said_of_a_sample_body_is_written_in_full() {
        let names = Names::get();
        for ((body, json), number) in PAYLOADS
            .iter()
            .flat_map(|sample| (1..=100).map(move |n| (sample, n)))
        {
            let action = number.to_string();
            let readings = read(&Arrival {
                route_action: Some(&action),
                route_location: None,
                received_at: 1_781_000_000_000,
                body: json.as_bytes(),
                voice: &Voice::default(),
            });
            for reading in readings {
                let saying = &reading.saying;
                assert!(
                    names.messages.place(saying.message()).is_some(),
                    "{body} {number}: {saying:?}"
                );
                for (name, piece) in saying.pieces() {
                    assert!(
                        names.pieces.place(name, piece.kind()).is_some(),
                        "{body} {number}: {saying:?}"
                    );
                    if let Piece::Word(word) = piece {
                        assert!(names.words.place(word).is_some(), "{body} {number}: {saying:?}");
                    }
                }
            }
        }
    }
}
