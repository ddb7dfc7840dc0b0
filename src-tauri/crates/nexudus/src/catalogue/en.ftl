# What Nexwatch says of events, in English. The format is Fluent's: https://projectfluent.org
#
# A message is filled with pieces. Beside those that its own code gives there are always: $who (the person of the event),
# $what (the room, desk, plan or thing), $where (the location), $sum (how much), $label (what the action is called) and
# $thing (what kind of thing the event is about). Any piece may be missing; a missing one is the number 0, so
#     { $what -> [0] a room *[other] { $what } }
# says "a room" where no name is known. Money, days and times come as finished words; $count pieces are numbers.
#
# A message called `part-…` is a piece of others: every language has those that it needs, and its own.

## Numbers, days and times

decimal-mark = .
group-mark = ,
# From so many digits on, thousands are set apart.
group-from = 4
money-bare = { $minus }{ $number }
money-sign = { $minus }{ $mark }{ $number }
money-code = { $minus }{ $number } { $mark }

today = today
tomorrow = tomorrow
yesterday = yesterday
date = { $weekday } { $day } { $month }
date-year = { $day } { $month } { $year }
moment = { $day } { $clock }
span-of-a-day = { $day } { $from }–{ $to }
span-of-clocks = { $from }–{ $to }
span-of-days = { $from } – { $to }
month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec
weekday-1 = Mon
weekday-2 = Tue
weekday-3 = Wed
weekday-4 = Thu
weekday-5 = Fri
weekday-6 = Sat
weekday-7 = Sun

## What holds for all

labelled = { $label }: { $sentence }
something-happened = something happened

## What actions are called

action-2 = Customer updated
action-3 = Customer created
action-4 = Article created
action-5 = Article updated
action-6 = Booking created
action-7 = Booking updated
action-8 = Booking deleted
action-9 = Welcome e-mail sent
action-10 = Contract activated
action-11 = Contract cancelled
action-12 = Contract renewed
action-13 = Contract upgraded or downgraded
action-14 = First contract activated
action-15 = First invoice created
action-16 = Invoice created
action-17 = Invoice deleted
action-18 = Invoice updated
action-19 = Invoice cancelled or refunded
action-20 = Credit note created
action-21 = Invoice paid in full
action-22 = Payment failed
action-23 = Payment received
action-24 = Invoice awaits payment
action-25 = Event created
action-26 = Event updated
action-27 = Event attendee deleted
action-28 = Event attendee created
action-29 = Event attendee updated
action-30 = Chat message created
action-31 = Newsletter subscriber created
action-32 = Newsletter subscribed
action-33 = Newsletter unsubscribed
action-34 = Removed from newsletter group
action-35 = Customer checked out
action-36 = Customer checked in
action-37 = Customer check-in refused
action-38 = Visitor notified
action-39 = Community thread created
action-40 = Community message created
action-41 = Visitor checked in
action-42 = Visitor registered
action-43 = Article deleted
action-44 = Event deleted
action-45 = Help-desk message created
action-46 = Help-desk reply created
action-47 = Check-in created
action-48 = Check-in updated
action-49 = Check-in deleted
action-50 = Customer deleted
action-51 = Message to customer created
action-52 = Delivery created
action-53 = Delivery assigned
action-54 = Proposal created
action-55 = Proposal updated
action-56 = Proposal deleted
action-57 = Team created
action-58 = Team updated
action-59 = Team deleted
action-60 = Contract updated
action-61 = Access control updated
action-62 = Contract created
action-63 = Check-in attempt refused
action-64 = Visitor deleted
action-65 = Ledger entry created
action-66 = Ledger entry deleted
action-67 = Ledger entry updated
action-68 = Customer product created
action-69 = Customer product updated
action-70 = Customer product deleted
action-71 = Desk created
action-72 = Desk deleted
action-73 = Desk updated
action-74 = Plan created
action-75 = Plan deleted
action-76 = Plan updated
action-77 = Contract deleted
action-78 = Floor plan created
action-79 = Floor plan deleted
action-80 = Floor plan updated
action-81 = Product created
action-82 = Product deleted
action-83 = Product updated
action-84 = Location updated
action-85 = Community group created
action-86 = Community group deleted
action-87 = Community group updated
action-88 = Payment method created
action-89 = Payment method deleted
action-90 = Payment method updated

## What things are called

entity-0 = Unknown
entity-1 = Booking
entity-2 = Check-in
entity-3 = Refused check-in
entity-4 = Customer
entity-6 = Contract
entity-7 = Invoice
entity-8 = Ledger entry
entity-9 = Customer product
entity-10 = Payment method
entity-11 = Visitor
entity-12 = Delivery
entity-13 = Team
entity-14 = Help-desk message
entity-15 = Help-desk reply
entity-16 = Message
entity-17 = Event
entity-18 = Event attendee
entity-19 = Proposal
entity-20 = Newsletter subscriber
entity-21 = Community thread
entity-22 = Community message
entity-23 = Article
entity-24 = Chat message
entity-25 = Desk
entity-26 = Plan
entity-27 = Product
entity-28 = Floor plan
entity-29 = Location
entity-30 = Community group

## What changed

# The fields that an update changed beside what the sentence tells: $field1 to $field3 in words, $more how many there are
# beside those. `changed-list` is never empty; `changed-also` is, where nothing else changed.
changed-list = { $field1 ->
    [0] { $more ->
        [one] one field
       *[other] { $more } fields
    }
   *[other] { $field2 ->
        [0] { $more ->
            [0] { $field1 }
            [one] { $field1 } and one more field
           *[other] { $field1 } and { $more } more fields
        }
       *[other] { $field3 ->
            [0] { $more ->
                [0] { $field1 } and { $field2 }
                [one] { $field1 }, { $field2 } and one more field
               *[other] { $field1 }, { $field2 } and { $more } more fields
            }
           *[other] { $more ->
                [0] { $field1 }, { $field2 } and { $field3 }
                [one] { $field1 }, { $field2 }, { $field3 } and one more field
               *[other] { $field1 }, { $field2 }, { $field3 } and { $more } more fields
            }
        }
    }
}
changed-also = { $field1 ->
    [0] { $more ->
        [0] {""}
       *[other] ; also changed: { changed-list }
    }
   *[other] ; also changed: { changed-list }
}

# What fields are called, as the object of "changed …". A field that has no word here is called by its name in small
# letters. Those of several entities stand here, those of one in its own section.
field-Active = whether it is active
field-Archived = the archiving
field-BusinessId = the location
field-BusinessName = the location
field-CompanyName = the company
field-CoworkerCompanyName = the company
field-CoworkerEmail = the e-mail
field-CoworkerFullName = the customer
field-CoworkerId = the customer
field-CoworkerTeamNames = the team
field-CustomFields = the custom fields
field-Description = the description
field-Email = the e-mail
field-FromTime = the start
field-Name = the name
field-Notes = the notes
field-Price = the price
field-ResourceId = the room
field-ResourceName = the room
field-Source = the source
field-Tag = the tag
field-TariffId = the plan
field-TariffName = the plan
field-TeamName = the team
field-TeamNames = the team
field-ToTime = the end

## Bookings

part-booking-room = { $what ->
    [0] a room
   *[other] { $what }
}
part-booking-for = { $span ->
    [0] {""}
   *[other] {" "}for { $span }
}
part-booking-visitors = { $visitors ->
    [0] {""}
    [one] , with one visitor
   *[other] , with { $visitors } visitors
}
part-booking-whose = { $who ->
    [0] { $what ->
        [0] A booking
       *[other] The booking of { $what }
    }
   *[other] { $what ->
        [0] { $who }’s booking
       *[other] { $who }’s booking of { $what }
    }
}
booking = { part-booking-whose }{ part-booking-for }
booking-created = { $who ->
    [0] { $what ->
        [0] A room
       *[other] { $what }
    } was booked
   *[other] { $who } booked { part-booking-room }
}{ part-booking-for }{ part-booking-visitors }
booking-tour = A tour{ $what ->
    [0] {""}
   *[other] {" "}of { $what }
}{ $who ->
    [0] {""}
   *[other] {" "}for { $who }
} was booked{ part-booking-for }{ part-booking-visitors }
booking-tentative = { $who ->
    [0] { $what ->
        [0] A room
       *[other] { $what }
    } is held tentatively
   *[other] { $who } holds { part-booking-room } tentatively
}{ part-booking-for }{ part-booking-visitors }
booking-updated = { part-booking-whose }{ part-booking-for } was changed
booking-cancelled = { part-booking-whose }{ part-booking-for } was cancelled{ changed-also }
# $old and $new are when it was and when it is: of a day that both share, $new is the clock only.
booking-moved = { $who ->
    [0] { part-booking-whose } was moved
   *[other] { $who } moved { part-booking-room }
} from { $old } to { $new }{ changed-also }
booking-extended = { part-booking-whose } was extended from { $old } to { $new }{ changed-also }
booking-shortened = { part-booking-whose } was shortened from { $old } to { $new }{ changed-also }
# $from is the room that it was.
booking-moved-away = { $who ->
    [0] A booking was moved
   *[other] { $who } moved
} from { $from } ({ $old }) to { $what ->
    [0] another room
   *[other] { $what }
} ({ $new }){ changed-also }
booking-other-room = { $who ->
    [0] A booking was moved
   *[other] { $who } moved
} from { $from } to { $what ->
    [0] another room
   *[other] { $what }
}{ part-booking-for }{ changed-also }
booking-checked-in = { $who ->
    [0] Somebody
   *[other] { $who }
} checked in to { part-booking-room }{ $span ->
    [0] {""}
   *[other] {" "}({ $span })
}{ changed-also }
booking-not-checked-in = { part-booking-whose }{ part-booking-for } is no longer checked in{ changed-also }
booking-confirmed = { part-booking-whose }{ part-booking-for } was confirmed{ changed-also }
booking-unconfirmed = { part-booking-whose }{ part-booking-for } is only tentative now{ changed-also }
booking-paid = { part-booking-whose }{ part-booking-for } was paid{ changed-also }
booking-unpaid = { part-booking-whose }{ part-booking-for } no longer counts as paid{ changed-also }
booking-invoiced = { part-booking-whose }{ part-booking-for } was invoiced{ $invoice ->
    [0] {""}
   *[other] {" "}({ $invoice })
}{ changed-also }
# $from is the customer whose it was.
booking-passed-on = { $what ->
    [0] A booking
   *[other] The booking of { $what }
}{ part-booking-for } passed from { $from } to { $who ->
    [0] another customer
   *[other] { $who }
}{ changed-also }
booking-priced = { part-booking-whose }{ part-booking-for } now costs { $new }{ $old ->
    [0] {""}
   *[other] {" "}instead of { $old }
}{ changed-also }
booking-changed = { part-booking-whose }{ part-booking-for } was changed: { changed-list }
booking-saved = { part-booking-whose }{ part-booking-for } was saved without a change

field-BookingProducts = the products
field-BookingVisitors = the visitors
field-CancelIfNotCheckedIn = the cancelling without a check-in
field-CancelIfNotPaid = the cancelling without payment
field-ChargeNow = the charging
field-CheckedInAt = the check-in
field-CoworkerExtraServicePrice = the rate
field-CoworkerInvoiceNumber = the invoice
field-CoworkerInvoicePaid = the payment
field-DiscountAmount = the discount
field-DiscountCode = the discount code
field-EstimatedCost = the estimated cost
field-EstimatedCostWithProducts = the estimated cost with products
field-EstimatedProductCost = the estimated cost of products
field-ExtraServiceName = the rate
field-FloorPlanDeskName = the desk
field-InternalNotes = the internal notes
field-InvoiceDate = the date of the invoice
field-InvoiceNow = the invoicing
field-Invoiced = the invoicing
field-IsEvent = whether it is an event
field-IsTour = whether it is a tour
field-LastNotificationTime = the last notice
field-MrmReminded = the reminder
field-Online = how it was booked
field-OverridePrice = the price
field-PurchaseOrder = the purchase order
field-Reminded = the reminder
field-RepeatBooking = the repetition
field-RepeatEvery = the repetition
field-RepeatUntil = the end of the repetition
field-Repeats = the repetition
field-Tentative = the confirmation

## Check-ins and access

source-manual = by hand
source-door = door
source-network = network
source-tile = tile
source-sensor = sensor

part-checkin-who = { $who ->
    [0] Somebody
   *[other] { $who }
}
part-checkin-at = { $where ->
    [0] {""}
   *[other] {" "}at { $where }
}
part-checkin-how = { $how ->
    [0] {""}
   *[other] {" "}({ $how })
}
part-checkin-when = { $span ->
    [0] {""}
   *[other] {" "}({ $span })
}
part-checkin-of = The check-in{ $who ->
    [0] {""}
   *[other] {" "}of { $who }
}{ part-checkin-at }
checkin = Check-in{ $who ->
    [0] {""}
   *[other] {" "}of { $who }
}{ part-checkin-at }{ part-checkin-when }{ part-checkin-how }
checkin-automatic = automatically
checkin-in = { part-checkin-who } checked in{ part-checkin-at }{ part-checkin-how }
checkin-out = { part-checkin-who } checked out{ $where ->
    [0] {""}
   *[other] {" "}of { $where }
}{ part-checkin-how }{ changed-also }
checkin-refused = { part-checkin-who } was refused{ part-checkin-at }{ part-checkin-how }{ $reason ->
    [0] {""}
   *[other] : { $reason }
}
checkin-updated = { part-checkin-of } was changed
checkin-deleted = { part-checkin-of }{ part-checkin-when } was deleted
checkin-reopened = { part-checkin-who } is checked in again{ part-checkin-at }{ changed-also }
checkin-corrected = { part-checkin-of } was corrected from { $old } to { $new }{ changed-also }
checkin-changed = { part-checkin-of }{ part-checkin-when } was changed: { changed-list }
checkin-saved = { part-checkin-of }{ part-checkin-when } was saved without a change

access-updated = Access rights{ $who ->
    [0] {""}
   *[other] {" "}of { $who }
} were updated{ part-checkin-at }
access-changed = { access-updated }: { changed-list }

field-AutoCheckout = the automatic check-out
field-CheckinAttemptTime = the time of the attempt
field-CountsTowardsPlanLimits = whether it counts towards the plan
field-LastActivity = the last activity
field-MacAddresses = the devices
field-TariffAtTheTimeOfCheckin = the plan at the time
field-TeamsAtTheTimeOfCheckin = the team at the time

## Visitors

approval-requested = asked for
approval-refused = refused
approval-held = accepted, to wait at reception
approval-granted = accepted, may enter
announced-by-team = the team
announced-by-kiosk = the kiosk
announced-by-customer = a customer

part-visitor-who = { $who ->
    [0] A visitor
   *[other] { $who }
}
part-visitor-host = { $host ->
    [0] The host
   *[other] { $host }
}
part-visitor-visit = the visit of { $who ->
    [0] a visitor
   *[other] { $who }
}
part-visitor-whom = { $host ->
    [0] {""}
   *[other] {" "}to see { $host }
}
part-visitor-when = { $time ->
    [0] {""}
   *[other] {" "}({ $time })
}
part-visitor-on-tour = { $tour ->
    [0] {""}
   *[other] {" "}{ $tour }
}
part-visitor-to = The visit of { $who ->
    [0] a visitor
   *[other] { $who }
}{ $host ->
    [0] {""}
   *[other] {" "}to { $host }
}
visitor-tour = for a tour
visitor-waits-for-approval = waiting for the host’s approval
visitor-was-refused = refused by the host
visitor-is-held = to wait at reception
visitor-expected = { part-visitor-who } is expected{ $time ->
    [0] {""}
   *[other] {" "}{ $time }
}{ part-visitor-whom }{ part-visitor-on-tour }{ $approval ->
    [0] {""}
   *[other] {" "}({ $approval })
}
visitor-arrived = { part-visitor-who } arrived{ part-visitor-whom }{ part-visitor-on-tour }{ changed-also }
visitor-left = { part-visitor-who } left{ $host ->
    [0] {""}
   *[other] {" "}(guest of { $host })
}{ changed-also }
visitor-host-told = { part-visitor-host } was told about { part-visitor-visit }{ changed-also }
visitor-deleted = { part-visitor-to }{ part-visitor-when } was deleted
visitor-approval-requested = { part-visitor-host } was asked to approve { part-visitor-visit }{ part-visitor-when }{ changed-also }
visitor-approved = { part-visitor-host } approved { part-visitor-visit }{ part-visitor-when }{ changed-also }
visitor-held = { part-visitor-host } approved { part-visitor-visit }{ part-visitor-when }, but first to wait at reception{ changed-also }
visitor-refused = { part-visitor-host } refused { part-visitor-visit }{ part-visitor-when }{ changed-also }
visitor-moved = { part-visitor-to } was moved from { $old } to { $new }{ changed-also }
# $from is the host that it was.
visitor-other-host = { $host ->
    [0] { part-visitor-who } no longer comes to see { $from }
   *[other] { part-visitor-who } now comes to see { $host } instead of { $from }
}{ changed-also }
visitor-changed = { part-visitor-to }{ part-visitor-when } was changed: { changed-list }
visitor-saved = { part-visitor-to }{ part-visitor-when } was saved without a change

field-ArrivalDate = the arrival
field-Arrived = the arrival
field-CustomerNotes = the host’s notes
field-DepartureDate = the departure
field-ExpectedArrival = the expected time
field-HasAgreedTerms = the terms
field-HostApprovalStatus = the host’s approval
field-Internal = whether it is internal
field-Notified = the notice
field-PhoneNumber = the phone number
field-TourConfirmed = the confirmation of the tour
field-VisitReason = the reason
field-VisitorCode = the visitor code
field-VisitorSource = who announced it

## Customers

customer-is-archived = archived
customer-is-not-active = not active
customer-has-due-invoices = has due invoices

part-customer-who = { $who ->
    [0] A customer
   *[other] { $who }
}
part-customer-name = { $who ->
    [0] A customer
   *[other] Customer { $who }
}
part-customer-company = { $company ->
    [0] {""}
   *[other] {" "}({ $company })
}
part-customer-cancellation = { $who ->
    [0] The cancellation of a customer
   *[other] The cancellation of { $who }
}
customer = { part-customer-who }{ part-customer-company }{ part-checkin-at }
customer-created = New customer{ $who ->
    [0] {""}
   *[other] : { $who }
}{ part-customer-company }{ part-checkin-at }{ $what ->
    [0] {""}
   *[other] , plan { $what }
}
customer-updated = { part-customer-name } was updated{ $state ->
    [0] {""}
   *[other] {" "}({ $state })
}
customer-welcomed = A welcome e-mail was sent to { $who ->
    [0] a customer
   *[other] { $who }
}
customer-deleted = { part-customer-name }{ $where ->
    [0] {""}
   *[other] {" "}of { $where }
} was deleted
customer-in = { part-customer-who } checked in
customer-out = { part-customer-who } checked out
customer-refused = { part-customer-who } was refused at check-in
customer-activated = { part-customer-name } was activated{ changed-also }
customer-suspended = { part-customer-name } was suspended{ changed-also }
customer-archived = { part-customer-name } was archived{ changed-also }
customer-unarchived = { part-customer-name } was taken out of the archive{ changed-also }
customer-cancels = { part-customer-cancellation } was set for { $date }{ changed-also }
customer-cancels-otherwise = { part-customer-cancellation } was moved from { $old } to { $date }{ changed-also }
customer-stays = { part-customer-cancellation } was withdrawn{ changed-also }
# The plan that it is now is $what; $from is the plan, the team or the location that it was, $to what it is.
customer-other-plan = { part-customer-who } changed plan from { $from } to { $what ->
    [0] another
   *[other] { $what }
}{ changed-also }
customer-has-plan = { part-customer-who } now has { $what ->
    [0] a plan
   *[other] the plan { $what }
}{ changed-also }
customer-left-plan = { part-customer-who } no longer has { $from ->
    [0] a plan
   *[other] the plan { $from }
}{ changed-also }
customer-next-plan = { part-customer-who } will change to the plan { $next }{ $date ->
    [0] {""}
   *[other] {" "}({ $date })
}{ changed-also }
customer-other-team = { part-customer-who } changed team from { $from } to { $to }{ changed-also }
customer-joined-team = { part-customer-who } joined { $to ->
    [0] a team
   *[other] the team { $to }
}{ changed-also }
customer-left-team = { part-customer-who } left { $from ->
    [0] a team
   *[other] the team { $from }
}{ changed-also }
customer-other-place = { $from ->
    [0] { part-customer-who } moved to { $to }
   *[other] { part-customer-who } moved from { $from } to { $to }
}{ changed-also }
customer-renamed = { $from } is now called { $who ->
    [0] otherwise
   *[other] { $who }
}{ changed-also }
customer-owes = { part-customer-who } has due invoices{ changed-also }
customer-owes-nothing = { part-customer-who } has no due invoices any more{ changed-also }
customer-changed = { part-customer-name } was updated: { changed-list }
customer-saved = { part-customer-name } was saved without a change

field-AccessCardId = the access card
field-AccessPincode = the access PIN
field-Address = the address
field-AlertNote = the alert
field-AllowNetworkCheckin = the check-in by network
field-AvatarFileName = the picture
field-BankAccount = the bank details
field-BankBranch = the bank details
field-BankName = the bank details
field-BillingAddress = the billing address
field-BillingCityName = the billing city
field-BillingDay = the billing day
field-BillingEmail = the billing e-mail
field-BillingName = the billing name
field-BillingPostCode = the billing post code
field-BusinessArea = the line of business
field-BusinessNames = the locations
field-Businesses = the locations
field-CanAccessCommunity = the access to the community
field-CanMakeBookings = the right to book
field-CanPurchaseEvents = the right to buy event tickets
field-CanPurchaseProducts = the right to buy products
field-CancellationDate = the cancellation date
field-CardNumber = the payment card
field-CheckinSinceLastRenewal = the check-ins since the renewal
field-CityName = the city
field-CoworkerContractIds = the contracts
field-CoworkerType = the kind of customer
field-DateOfBirth = the date of birth
field-Desks = the desks
field-FullName = the name
field-Gender = the gender
field-GeneralTermsAccepted = the terms
field-HasDueInvoices = the due invoices
field-InvoicingBusinessName = the location
field-KeyFobNumber = the key fob
field-LandLine = the landline
field-MinutesSinceLastRenewal = the minutes used
field-MobilePhone = the phone number
field-NextAutoInvoice = the next invoice
field-NextTariffName = the next plan
field-NickName = the nickname
field-NotifyOnDelivery = the notices of deliveries
field-Password = the password
field-Position = the position
field-PostCode = the post code
field-ProfileIsPublic = the visibility of the profile
field-ProfileSummary = the profile
field-ProfileTags = the profile tags
field-ProfileWebsite = the website
field-RecurrentProductsNames = the recurring products
field-ReferenceNumber = the reference
field-RegistrationDate = the registration date
field-RegularPaymentProvider = the way of payment
field-RenewalDate = the renewal date
field-Salutation = the salutation
field-ShowAlert = the alert
field-StartDate = the start date
field-TaxIDNumber = the tax number
field-TaxRate = the tax rate
field-UserActive = the user account
field-UserLastAccess = the last log-in

## Deliveries

delivery-mail = Mail
delivery-parcel = A parcel
delivery-cheque = A cheque
delivery-publicity = Advertising mail
kind-mail = mail
kind-parcel = parcel
kind-cheque = cheque
kind-publicity = advertising
handling-store = keep for collection
handling-forward = forward
handling-scan-forward = open, scan, forward
handling-scan-recycle = open, scan, recycle
handling-scan-shred = open, scan, shred
handling-scan-store = open, scan, keep for collection
handling-recycle = recycle
handling-return = return to sender
handling-shred = shred
handling-deposit = deposit the cheque

# $kind is what it is where it has no name ($what), $shelf where it lies.
part-delivery-item = { $what ->
    [0] { $kind ->
        [0] A delivery
       *[other] { $kind }
    }
   *[other] { $what }
}
part-delivery-for = { part-delivery-item }{ $who ->
    [0] {""}
   *[other] {" "}for { $who }
}
part-delivery-shelf = { $shelf ->
    [0] {""}
   *[other] {" "}({ $shelf })
}
delivery = { part-delivery-for }{ part-delivery-shelf }
delivery-arrived = { part-delivery-item } arrived{ $who ->
    [0] {""}
   *[other] {" "}for { $who }
}{ part-delivery-shelf }
delivery-assigned = { part-delivery-item } was assigned{ $who ->
    [0] {""}
   *[other] {" "}to { $who }
}{ part-delivery-shelf }{ changed-also }
delivery-reassigned = { part-delivery-item } was assigned to { $who ->
    [0] another customer
   *[other] { $who }
} instead of { $from }{ changed-also }
delivery-unassigned = { part-delivery-item } is no longer assigned{ $from ->
    [0] {""}
   *[other] {" "}to { $from }
}{ changed-also }
delivery-collected = { part-delivery-for } was collected{ changed-also }
delivery-signed = { part-delivery-for } was signed for{ changed-also }
delivery-forwarded = { part-delivery-for } was forwarded{ changed-also }
delivery-returned = { part-delivery-for } was returned to the sender{ changed-also }
delivery-deposited = { part-delivery-for } was deposited at the bank{ changed-also }
delivery-shredded = { part-delivery-for } was shredded{ changed-also }
delivery-recycled = { part-delivery-for } was recycled{ changed-also }
delivery-scanned = { part-delivery-for } was opened and scanned{ changed-also }
delivery-notified = { part-delivery-item }: { $who ->
    [0] the customer
   *[other] { $who }
} was told{ part-delivery-shelf }{ changed-also }
delivery-moved = { part-delivery-for } was moved from { $from } to { $shelf }{ changed-also }
delivery-changed = { part-delivery-for } was changed: { changed-list }
delivery-saved = { part-delivery-for } was saved without a change

field-Billed = the billing
field-CheckDeposited = the deposit of the cheque
field-CheckDepositedOn = the deposit of the cheque
field-Collected = the collection
field-CollectedOn = the collection
field-ContractContactFullName = the contact
field-DeliveryType = the kind of delivery
field-Forwarded = the forwarding
field-ForwardedOn = the forwarding
field-HandlingPreference = the handling
field-Location = the place
field-Processed = the processing
field-ReceivedBy = who received it
field-Recycled = the recycling
field-RecycledOn = the recycling
field-RequiresSignature = the need of a signature
field-ReturnedToSender = the return
field-ReturnedToSenderOn = the return
field-Scanned = the scan
field-ScannedOn = the scan
field-Shredded = the shredding
field-ShreddedOn = the shredding
field-SignatureFileName = the signature
field-Signed = the signature
field-StoredForCollection = the storing
field-StoredForCollectionOn = the storing

## Contracts and plans

## Billing

## Proposals and teams

## Help-desk and messages

## Events

## Community, content and newsletter

## Inventory, floor plans and locations

## Anything else

# An event of which nothing more is known than its names.
any = { $what ->
    [0] { $who ->
        [0] { $label }
       *[other] { $label }: { $who }
    }
   *[other] { $label }: { $what }
}

## Facts

yes = yes
no = no

fact-action = Action
fact-active = Active
fact-alert = Alert
fact-announced-by = Announced by
fact-approval = Approval
fact-archived = Archived
fact-arrived = Arrived
fact-booked-online = Booked online
fact-booking-number = Booking number
fact-cancels = Cancels
fact-changed-by = Changed by
fact-checked-in = Checked in
fact-checked-out-automatically = Checked out automatically
fact-collected = Collected
fact-collected-on = Collected on
fact-company = Company
fact-counts-towards-the-plan = Counts towards the plan
fact-created = Created
fact-customer = Customer
fact-customer-told = Customer told
fact-delivery = Delivery
fact-delivery-kind = Kind
fact-desk = Desk
fact-email = E-mail
fact-estimated-cost = Estimated cost
fact-expected = Expected
fact-for = For
fact-forwarded-on = Forwarded on
fact-from = From
fact-handling = Handling
fact-has-due-invoices = Has due invoices
fact-host = Host
fact-host-email = Host’s e-mail
fact-host-told = Host told
fact-how = How
fact-in = In
fact-internal-notes = Internal notes
fact-invoice = Invoice
fact-invoiced = Invoiced
fact-kept-at = Kept at
fact-last-changed = Last changed
fact-left = Left
fact-location = Location
fact-locations = Locations
fact-needs-a-signature = Needs a signature
fact-next-plan = Next plan
fact-notes = Notes
fact-out = Out
fact-paid = Paid
fact-phone = Phone
fact-plan = Plan
fact-plan-at-the-time = Plan at the time
fact-platform-id = Platform id
fact-price = Price
fact-reason = Reason
fact-received-by = Received by
fact-registered = Registered
fact-renews = Renews
fact-repeats = Repeats
fact-returned-on = Returned on
fact-room = Room
fact-room-kind = Kind
fact-scanned-on = Scanned on
fact-signed = Signed
fact-team = Team
fact-team-at-the-time = Team at the time
fact-tentative = Tentative
fact-to = To
fact-tour = Tour
fact-tried = Tried
fact-visitor = Visitor
fact-visitors = Visitors
