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

# What stands before a field's name in a sentence and not in a list.
articles = the
# Fields whose word in a sentence is the opposite of what yes means.
label-Tentative = Tentative
person = Person
resource = Room, desk or thing
fact-time-zone = Time zone

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
unknown-field = “{ $name }”
changed-also = { $field1 ->
    [0] { $more ->
        [0] {""}
       *[other] ; also changed: { changed-list }
    }
   *[other] ; also changed: { changed-list }
}

# What fields are called, as the object of "changed …". A field that has no word here is called by its name in small
# letters, as `unknown-field`. Those of several entities stand here, those of one in its own section.
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
booking-unconfirmed = { part-booking-whose }{ part-booking-for } is tentative again{ changed-also }
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
part-visitor-visit = { $who ->
    [0] a visit
   *[other] the visit of { $who }
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
part-visitor-to = { $who ->
    [0] A visit
   *[other] The visit of { $who }
}{ $host ->
    [0] {""}
   *[other] {" "}to { $host }
}
visitor-tour = for a tour
visitor-waits-for-approval = waiting for the host’s approval
visitor-is-held = to wait at reception
visitor-expected = { part-visitor-who } is expected{ $time ->
    [0] { $host ->
        [0] {""}
       *[other] ,
    }
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
customer-renamed = { part-customer-name } was renamed from { $from }{ changed-also }
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
delivery-signed = { part-delivery-for } was collected with a signature{ changed-also }
delivery-forwarded = { part-delivery-for } was forwarded{ changed-also }
delivery-returned = { part-delivery-for } was returned to the sender{ changed-also }
delivery-deposited = { part-delivery-for } was deposited at the bank{ changed-also }
delivery-shredded = { part-delivery-for } was shredded{ changed-also }
delivery-recycled = { part-delivery-for } was recycled{ changed-also }
delivery-scanned = { part-delivery-for } was opened and scanned{ changed-also }
delivery-notified = { $who ->
    [0] The customer
   *[other] { $who }
} was told about { $what ->
    [0] a delivery
   *[other] { $what }
}{ part-delivery-shelf }{ changed-also }
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

# The contract as a sentence begins with it, as one goes on with it, and what belongs to it.
part-contract-of = { $who ->
    [0] { $what ->
        [0] A contract
       *[other] A contract on { $what }
    }
   *[other] { $what ->
        [0] Contract of { $who }
       *[other] Contract of { $who } on { $what }
    }
}
part-the-contract = { $who ->
    [0] { $what ->
        [0] a contract
       *[other] a contract on { $what }
    }
   *[other] { $what ->
        [0] the contract of { $who }
       *[other] the contract of { $who } on { $what }
    }
}
part-of-the-contract = of { part-the-contract }
# Without its plan.
part-contract-alone = { $who ->
    [0] A contract
   *[other] Contract of { $who }
}

contract-activated = { part-contract-of } was activated{ part-tail-sum }{ changed-also }
contract-first = First contract{ part-tail-of-who }{ part-tail-on-plan } was activated{ part-tail-sum }
contract-cancelled = { part-contract-of } was cancelled{ $day ->
    [0] {""}
   *[other] {" "}as of { $day }
}{ changed-also }
contract-renewed = { part-contract-of } was renewed{ $day ->
    [0] {""}
   *[other] {" "}until { $day }
}{ part-tail-sum }
contract-changes-plan = { part-contract-alone } changes{ $what ->
    [0] {""}
   *[other] {" "}from { $what }
} to { $next }{ $day ->
    [0] {""}
   *[other] {" "}as of { $day }
}{ changed-also }
contract-regraded = { part-contract-of } was upgraded or downgraded{ part-tail-sum }
contract-changed = { part-contract-of } was changed{ part-tail-sum }
contract-created = New contract{ part-tail-for-who }{ part-tail-on-plan }{ $day ->
    [0] {""}
   *[other] , starting { $day }
}{ part-tail-sum }
contract-deleted = { part-contract-of } was deleted
contract = { part-contract-of }{ part-tail-sum }

contract-price = Price { part-of-the-contract } changed{ part-tail-from } to { $after }{ changed-also }
contract-upgraded = { part-contract-alone } was upgraded{ part-tail-from-old } to { part-a-plan }{ part-from-sum-to-sum }{ changed-also }
contract-downgraded = { part-contract-alone } was downgraded{ part-tail-from-old } to { part-a-plan }{ part-from-sum-to-sum }{ changed-also }
contract-replanned = { part-contract-alone } changed{ part-tail-from-old } to { part-a-plan }{ part-from-sum-to-sum }{ changed-also }
contract-cancel-set = Cancellation { part-of-the-contract } was set for { $after }{ changed-also }
contract-cancel-moved = Cancellation { part-of-the-contract } moved{ part-tail-from } to { $after }{ changed-also }
contract-cancel-withdrawn = Cancellation { part-of-the-contract } was withdrawn{ changed-also }
contract-next-withdrawn = The planned change { part-of-the-contract } to { $next } was withdrawn{ changed-also }
contract-renewal-moved = Renewal { part-of-the-contract } moved{ part-tail-from } to { $after }{ changed-also }
contract-term-moved = Term { part-of-the-contract } now ends { $after }{ part-tail-instead }{ changed-also }
contract-start-moved = Start { part-of-the-contract } moved{ part-tail-from } to { $after }{ changed-also }
contract-ended = { part-contract-of } ended{ changed-also }
contract-paused = { part-contract-of } was paused{ $from ->
    [0] {""}
   *[other] {" "}from { $from }
}{ $until ->
    [0] {""}
   *[other] {" "}until { $until }
}{ changed-also }
contract-resumed = { part-contract-of } is no longer paused{ changed-also }
contract-desk-moved = { part-contract-of } moved from { $old } to { $new }{ changed-also }
contract-desk-given = { part-contract-of } was given { $new }{ changed-also }
contract-desk-taken = { part-contract-of } no longer has { $old }{ changed-also }
contract-fields = { part-contract-of } was changed: { changed-list }
contract-saved = { part-contract-of } was saved without a change

part-a-plan = { $what ->
    [0] another plan
   *[other] { $what }
}
part-tail-on-plan = { $what ->
    [0] {""}
   *[other] {" "}on { $what }
}
part-tail-from-old = { $old ->
    [0] {""}
   *[other] {" "}from { $old }
}
part-from-sum-to-sum = { $before ->
    [0] {""}
   *[other] { $after ->
        [0] {""}
       *[other] {" "}({ $before } → { $after })
    }
}

field-CancellationLimitDays = the notice period
field-CancellationNotes = the reason for cancelling
field-CancellationReason = the reason for cancelling
field-Cancelled = the cancellation
field-ContractTerm = the term
field-DeliveryInstructions = the instructions for deliveries
field-FloorPlanDeskNames = the desks
field-InvoicedPeriod = the invoiced period
field-MainContract = whether it is the main contract
field-PricePlanTermsAccepted = the terms
field-Quantity = the quantity
field-Value = the value

## Billing

# $note is 1 for a credit note and 2 for a draft. $payer is whom the invoice names where that is not the customer's name.
part-invoice-word = { $note ->
    [1] credit note
    [2] draft invoice
   *[other] invoice
}
part-invoice-of = { $what ->
    [0] { $note ->
        [1] A credit note
        [2] A draft invoice
       *[other] An invoice
    }{ part-tail-of-payer }
   *[other] { $note ->
        [1] Credit note
        [2] Draft invoice
       *[other] Invoice
    } { $what }{ part-tail-of-payer }
}
part-the-invoice = { $what ->
    [0] { $note ->
        [1] a credit note
        [2] a draft invoice
       *[other] an invoice
    }{ part-tail-of-payer }
   *[other] { part-invoice-word } { $what }{ part-tail-of-payer }
}
part-tail-of-payer = { $payer ->
    [0] { part-tail-of-who }
   *[other] {" "}of { $payer }
}
part-tail-due = { $due-on ->
    [0] {""}
   *[other] , due { $due-on }
}

invoice-created = { part-invoice-of } was created{ part-tail-sum }{ part-tail-due }
invoice-first = First { part-invoice-word }{ part-tail-of-payer }{ $what ->
    [0] {""}
   *[other] {" "}({ $what })
} was created{ part-tail-sum }{ part-tail-due }
invoice-deleted = { part-invoice-of } was deleted{ part-tail-sum }
invoice-changed = { part-invoice-of } was changed{ part-tail-sum }
invoice-refunded = { part-invoice-of } was refunded{ part-tail-sum }{ changed-also }
invoice-voided = { part-invoice-of } was cancelled{ part-tail-sum }{ changed-also }
invoice-voided-or-refunded = { part-invoice-of } was cancelled or refunded{ part-tail-sum }
invoice-paid = { part-invoice-of } was paid{ part-tail-sum }{ changed-also }
payment-failed = Payment of { part-the-invoice } failed{ $due ->
    [0] { part-tail-sum }
   *[other] : { $due } due
}
payment-received = Payment received for { part-the-invoice }{ $paid ->
    [0] { part-tail-sum }
   *[other] { $due ->
        [0] : { $paid }
       *[other] : { $paid } paid so far, { $due } still due
    }
}
invoice-awaits = { part-invoice-of } awaits payment{ part-tail-sum }{ part-tail-due }
invoice = { part-invoice-of }{ part-tail-sum }

invoice-part-paid = { part-invoice-of } was paid in part: { $paid }{ $total ->
    [0] {""}
   *[other] {" "}of { $total }
}{ $due ->
    [0] {""}
   *[other] , { $due } still due
}{ changed-also }
invoice-unpaid = { part-invoice-of } is unpaid again{ part-tail-sum }{ changed-also }
invoice-sent = { part-invoice-of } was sent{ part-tail-sum }{ part-tail-due }{ changed-also }
invoice-issued = { part-invoice-of } was issued{ part-tail-sum }{ part-tail-due }{ changed-also }
invoice-due-moved = Due date of { part-the-invoice } moved{ part-tail-from } to { $after }{ changed-also }
invoice-amount = Amount of { part-the-invoice } changed{ part-tail-from } to { $after }{ changed-also }
invoice-credited = A credit was applied to { part-the-invoice }: { $credit }{ changed-also }
invoice-attempted = A payment of { part-the-invoice } was attempted{ $due ->
    [0] {""}
   *[other] : { $due } due
}{ changed-also }
invoice-fields = { part-invoice-of } was changed: { changed-list }
invoice-saved = { part-invoice-of } was saved without a change

part-ledger-sum = { $credit ->
    [0] { $debit ->
        [0] {""}
       *[other] : { $debit } debit
    }
   *[other] : { $credit } credit
}
part-ledger-about = { $about ->
    [0] { $what ->
        [0] {""}
       *[other] {" "}({ $what })
    }
   *[other] {" "}({ $about })
}
ledger-created = New ledger entry{ part-tail-for-who }{ part-ledger-sum }{ part-ledger-about }
ledger-changed = A ledger entry{ part-tail-of-who } was changed{ part-ledger-sum }{ part-ledger-about }
ledger-deleted = A ledger entry{ part-tail-of-who } was deleted{ part-ledger-sum }{ part-ledger-about }
ledger = Ledger entry{ part-tail-of-who }{ part-ledger-sum }{ part-ledger-about }
ledger-amount = Amount of a ledger entry{ part-tail-of-who } changed{ part-tail-from } to { $after }{ part-ledger-about }{ changed-also }
ledger-invoice = A ledger entry{ part-tail-of-who } was assigned to invoice { $new }{ part-ledger-sum }{ changed-also }
ledger-fields = A ledger entry{ part-tail-of-who } was changed: { changed-list }{ part-ledger-about }
ledger-saved = A ledger entry{ part-tail-of-who } was saved without a change{ part-ledger-about }

part-product-of = { $what ->
    [0] A product
   *[other] { $count ->
        [0] { $what }
        [one] { $what }
       *[other] { $count } × { $what }
    }
}{ part-tail-for-who }
product-added = { part-product-of } was added{ part-tail-sum }
product-changed = { part-product-of } was changed{ part-tail-sum }
product-removed = { part-product-of } was removed{ part-tail-sum }
product = { part-product-of }{ part-tail-sum }
product-invoiced = { part-product-of } was invoiced{ $number ->
    [0] {""}
   *[other] {" "}on { $number }
}{ part-tail-sum }{ changed-also }
product-paid = { part-product-of } was paid{ part-tail-sum }{ changed-also }
product-price = Price of { $what ->
    [0] a product
   *[other] { $what }
}{ part-tail-for-who } changed{ part-tail-from } to { $after }{ changed-also }
product-quantity = Quantity of { $what ->
    [0] a product
   *[other] { $what }
}{ part-tail-for-who } changed{ part-tail-from } to { $after }{ changed-also }
product-ends = { part-product-of } is charged until { $after }{ part-tail-instead }{ changed-also }
product-fields = { part-product-of } was changed: { changed-list }
product-saved = { part-product-of } was saved without a change

payment-method-added = A payment method{ part-tail-of-who } was added{ part-tail-at-where }{ part-tail-provider }
payment-method-removed = A payment method{ part-tail-of-who }{ part-tail-at-where } was removed{ part-tail-provider }
payment-method-changed = A payment method{ part-tail-of-who }{ part-tail-at-where } was changed{ part-tail-provider }
payment-method = Payment method{ part-tail-of-who }{ part-tail-at-where }{ part-tail-provider }
payment-method-provider = A payment method{ part-tail-of-who } changed{ part-tail-from } to { $after }{ changed-also }
payment-method-card = A payment method{ part-tail-of-who } has a new card{ part-tail-provider }{ changed-also }
payment-method-fields = A payment method{ part-tail-of-who } was changed: { changed-list }
payment-method-saved = A payment method{ part-tail-of-who } was saved without a change
part-tail-provider = { $provider ->
    [0] {""}
   *[other] {" "}({ $provider })
}
provider-stripe = Stripe
provider-stripe-ach = Stripe ACH
provider-gocardless = GoCardless
provider-stripe-bacs = Stripe BACS
provider-credit-note = credit note
provider-transfer = bank transfer
provider-cash = cash
provider-cheque = cheque

field-BillToAddress = the billing address
field-BillToName = the billing name
field-Credit = the credit
field-CreditedAmount = the credited amount
field-Debit = the debit
field-DueDate = the due date
field-InvoiceFromDate = the invoiced period
field-InvoiceLines = the lines
field-InvoiceNumber = the number
field-InvoiceOn = when it is invoiced
field-InvoiceToDate = the invoiced period
field-LastPaymentAttempt = the last payment attempt
field-MandateId = the mandate
field-MethodId = the way of payment
field-PaidAmount = the paid amount
field-PaidOn = the payment
field-PaymentReference = the payment reference
field-RegularCharge = whether it recurs
field-RepeatCycle = the repetition
field-RepeatUnit = the repetition
field-SaleDate = the date of sale
field-Sent = the sending
field-SentOn = the sending
field-TaxAmount = the tax
field-TotalAmount = the amount
field-TransactionDate = the date

## Proposals and teams

part-proposal-of = { $reference ->
    [0] A proposal{ part-tail-for-who }
   *[other] Proposal { $reference }{ part-tail-for-who }
}
part-the-proposal = { $reference ->
    [0] a proposal{ part-tail-for-who }
   *[other] proposal { $reference }{ part-tail-for-who }
}
part-tail-plan-sum = { $what ->
    [0] { part-tail-sum }
   *[other] : { $what }{ $sum ->
        [0] {""}
       *[other] , { $sum }
    }
}
proposal-created = { part-proposal-of } was created{ part-tail-plan-sum }
proposal-changed = { part-proposal-of } was changed{ part-tail-plan-sum }{ $state ->
    [0] {""}
   *[other] {" "}({ $state })
}
proposal-deleted = { part-proposal-of } was deleted{ part-tail-plan-sum }
proposal = { part-proposal-of }{ part-tail-plan-sum }
proposal-sent = { part-proposal-of } was sent{ part-tail-plan-sum }{ changed-also }
proposal-accepted = { part-proposal-of } was accepted{ part-tail-plan-sum }{ changed-also }
proposal-rejected = { part-proposal-of } was rejected{ part-tail-plan-sum }{ changed-also }
proposal-drafted = { part-proposal-of } is a draft again{ part-tail-plan-sum }{ changed-also }
proposal-opened = { part-proposal-of } was opened by the customer{ changed-also }
proposal-price = Price of { part-the-proposal } changed{ part-tail-from } to { $after }{ changed-also }
proposal-plan = { part-proposal-of } changed{ part-tail-from-old } to { part-a-plan }{ part-tail-sum }{ changed-also }
proposal-start = Start of { part-the-proposal } moved{ part-tail-from } to { $after }{ changed-also }
proposal-expiry = { part-proposal-of } now expires { $after }{ part-tail-instead }{ changed-also }
proposal-fields = { part-proposal-of } was changed: { changed-list }
proposal-saved = { part-proposal-of } was saved without a change
proposal-state-draft = draft
proposal-state-sent = sent
proposal-state-accepted = accepted
proposal-state-rejected = rejected

part-team-of = { $what ->
    [0] A team
   *[other] Team { $what }
}
part-the-team = { $what ->
    [0] a team
   *[other] team { $what }
}
part-tail-members = { $members ->
    [0] {""}
    [one] : one member
   *[other] : { $members } members
}
team-created = { part-team-of } was created{ part-tail-at-where }{ part-tail-members }
team-changed = { part-team-of }{ part-tail-at-where } was changed
team-deleted = { part-team-of }{ part-tail-at-where } was deleted
team = { part-team-of }{ part-tail-at-where }{ part-tail-members }
# Up to two by name, then how many: of those who came and of those who went.
part-team-came = { $came1 ->
    [0] { $came ->
        [one] one member
       *[other] { $came } members
    }
   *[other] { $came2 ->
        [0] { $came-more ->
            [0] { $came1 }
           *[other] { $came1 } and { $came-more } more
        }
       *[other] { $came-more ->
            [0] { $came1 } and { $came2 }
           *[other] { $came1 }, { $came2 } and { $came-more } more
        }
    }
}
part-team-went = { $went1 ->
    [0] { $went ->
        [one] one member
       *[other] { $went } members
    }
   *[other] { $went2 ->
        [0] { $went-more ->
            [0] { $went1 }
           *[other] { $went1 } and { $went-more } more
        }
       *[other] { $went-more ->
            [0] { $went1 } and { $went2 }
           *[other] { $went1 }, { $went2 } and { $went-more } more
        }
    }
}
team-joined = { $came1 ->
    [0] { $came ->
        [one] One member joined { part-the-team }
       *[other] { $came } members joined { part-the-team }
    }
   *[other] { part-team-came } joined { part-the-team }
}{ changed-also }
team-left = { $went1 ->
    [0] { $went ->
        [one] One member left { part-the-team }
       *[other] { $went } members left { part-the-team }
    }
   *[other] { part-team-went } left { part-the-team }
}{ changed-also }
team-joined-and-left = Members of { part-the-team } changed: { part-team-came } joined, { part-team-went } left{ changed-also }
team-payer = { $who ->
    [0] { part-team-of } has another paying member
   *[other] { $who } now pays for { part-the-team }
}{ $old ->
    [0] {""}
   *[other] {" "}instead of { $old }
}{ changed-also }
team-no-payer = { part-team-of } has no paying member any more{ changed-also }
team-renamed = Team { $old } is now called { $new }{ changed-also }
team-fields = { part-team-of } was changed: { changed-list }
team-saved = { part-team-of } was saved without a change

field-CancellationLimit = the notice period
field-CoworkerFullNames = the members
field-CoworkerIds = the members
field-CreateSingleInvoiceForTeam = the single invoice for the team
field-CustomerLastOpenedDate = the opening by the customer
field-ExpirationDate = the expiry
field-MaxTeamMemberCount = the most members
field-PayingMemberFullName = the paying member
field-ProposalStatus = the state
field-Reference = the reference
field-ResponsibleFullName = the person responsible
field-TeamAdministrators = the administrators
field-TeamMembers = the members

## Help-desk and messages

help-desk-asked = { $who ->
    [0] Somebody
   *[other] { $who }
} wrote to the help-desk{ part-tail-department }{ part-tail-text }
help-desk-message = Help-desk message{ part-tail-of-who }{ part-tail-department }{ part-tail-text }
help-desk-closed = Help-desk message{ part-tail-of-who } was closed{ part-tail-text }{ changed-also }
help-desk-reopened = Help-desk message{ part-tail-of-who } was opened again{ part-tail-text }{ changed-also }
help-desk-assigned = Help-desk message{ part-tail-of-who } was assigned to { $new }{ part-tail-text }{ changed-also }
help-desk-fields = Help-desk message{ part-tail-of-who } was changed: { changed-list }{ part-tail-quoted }
help-desk-saved = Help-desk message{ part-tail-of-who } was saved without a change{ part-tail-quoted }
part-tail-quoted = { $text ->
    [0] {""}
   *[other] {" "}(“{ $text }”)
}
help-desk-reply = Help-desk reply{ part-tail-by-who }{ part-tail-text }
help-desk-note = Internal help-desk note{ part-tail-by-who }{ part-tail-text }
message-to = Message to { $who ->
    [0] a customer
   *[other] { $who }
}{ part-tail-text }
message-from = Message from { $who ->
    [0] a customer
   *[other] { $who }
}{ part-tail-text }
part-tail-department = { $department ->
    [0] {""}
   *[other] {" "}({ $department })
}

field-Closed = the closing
field-HelpDeskDepartmentName = the department
field-MessageText = the text
field-OwnerFullName = the person in charge
field-Priority = the priority
field-Subject = the subject

## Events

part-event-of = { $what ->
    [0] An event
   *[other] Event “{ $what }”
}
part-event-what-when = { $what ->
    [0] { part-tail-when }
   *[other] : { $what }{ $when ->
        [0] {""}
       *[other] , { $when }
    }{ part-tail-place }
}
part-tail-when = { $when ->
    [0] {""}
   *[other] : { $when }
}{ part-tail-place }
part-tail-place = { $place ->
    [0] {""}
   *[other] {" "}({ $place })
}
event-created = New event{ part-event-what-when }
event-changed = { part-event-of } was changed{ part-tail-when }
event-deleted = { part-event-of } was deleted{ part-tail-when }
event = Event{ part-event-what-when }
event-moved = { part-event-of } moved{ part-tail-from-old } to { $new }{ changed-also }
event-renamed = Event “{ $old }” is now called “{ $new }”{ changed-also }
event-place = { part-event-of } moved{ part-tail-from } to { $after }{ changed-also }
part-of-the-event = { $what ->
    [0] of an event
   *[other] of “{ $what }”
}
event-capacity = { part-event-of } has room for { $after }{ part-tail-instead }{ changed-also }
event-fields = { part-event-of } was changed: { changed-list }
event-saved = { part-event-of } was saved without a change

part-an-event = { $what ->
    [0] an event
   *[other] { $what }
}
part-somebody = { $who ->
    [0] Somebody
   *[other] { $who }
}
part-tail-for-event = { $what ->
    [0] {""}
   *[other] {" "}for { $what }
}
attendee-in = { part-somebody } signed up for { part-an-event }{ $ticket ->
    [0] {""}
   *[other] {" "}({ $ticket })
}{ part-tail-sum }
attendee-out = { part-somebody } no longer attends { part-an-event }
attendee-changed = { $who ->
    [0] A sign-up
   *[other] Sign-up of { $who }
}{ part-tail-for-event } was changed{ $state ->
    [0] {""}
   *[other] {" "}({ $state })
}
attendee = { $who ->
    [0] A sign-up
   *[other] Sign-up of { $who }
}{ part-tail-for-event }
attendee-checked-in = { part-somebody } checked in at { part-an-event }{ changed-also }
attendee-check-in-undone = { $who ->
    [0] A check-in
   *[other] Check-in of { $who }
} at { part-an-event } was taken back{ changed-also }
attendee-paid = { part-somebody } paid for { part-an-event }{ part-tail-sum }{ changed-also }
attendee-ticket = { part-somebody } changed{ part-tail-from } to { $after } for { part-an-event }{ changed-also }
attendee-fields = { $who ->
    [0] A sign-up
   *[other] Sign-up of { $who }
}{ part-tail-for-event } was changed: { changed-list }
attendee-saved = { $who ->
    [0] A sign-up
   *[other] Sign-up of { $who }
}{ part-tail-for-event } was saved without a change
attendee-state-in = checked in

field-Allocation = the number of places
field-CalendarEventName = the event
field-CheckedIn = the check-in
field-CheckedInDate = the check-in
field-EndDate = the end
field-EventProductName = the ticket
field-HostFullName = the host
field-LongDescription = the description
field-PublishDate = the publication
field-ShortDescription = the short description
field-TicketNotes = the notes on tickets
field-VenueAddress = the address

## Community, content and newsletter

subscriber-new = New newsletter subscriber{ $who ->
    [0] {""}
   *[other] : { $who }
}
subscriber-subscribed = { part-somebody } subscribed to the newsletter{ changed-also }
subscriber-unsubscribed = { part-somebody } unsubscribed from the newsletter{ changed-also }
subscriber-removed = { part-somebody } was removed from { $groups ->
    [0] a newsletter group
    [one] a newsletter group
   *[other] { $groups } newsletter groups
}
subscriber = Newsletter subscriber{ $who ->
    [0] {""}
   *[other] : { $who }
}
subscriber-fields = Newsletter subscriber{ $who ->
    [0] {""}
   *[other] {" "}{ $who }
} was changed: { changed-list }
subscriber-saved = Newsletter subscriber{ $who ->
    [0] {""}
   *[other] {" "}{ $who }
} was saved without a change
# $private is 1 where only some may see it.
part-thread-word = { $private ->
    [1] private community thread
   *[other] community thread
}
thread-new = { $who ->
    [0] New { part-thread-word }
   *[other] { $who } started a { part-thread-word }
}{ part-tail-text }
thread = Community thread{ part-tail-by-who }{ part-tail-text }
reply-new = { $who ->
    [0] New community reply
   *[other] { $who } replied in the community
}{ part-tail-text }
reply = Community reply{ part-tail-by-who }{ part-tail-text }
part-article-of = { $title ->
    [0] An article{ part-tail-by-who }
   *[other] Article “{ $title }”{ part-tail-by-who }
}
article-new = New article{ part-tail-by-who }{ $title ->
    [0] {""}
   *[other] : { $title }
}
article-changed = { part-article-of } was changed
article-deleted = { part-article-of } was deleted
article = Article{ part-tail-by-who }{ $title ->
    [0] {""}
   *[other] : { $title }
}
article-renamed = Article “{ $old }”{ part-tail-by-who } is now called “{ $title }”{ changed-also }
part-of-the-article = { $title ->
    [0] of an article{ part-tail-by-who }
   *[other] of article “{ $title }”{ part-tail-by-who }
}
article-out-moved = Publication { part-of-the-article } moved{ part-tail-from } to { $after }{ changed-also }
article-out = Publication { part-of-the-article } was set for { $after }{ changed-also }
article-in = Publication { part-of-the-article } ends { $after }{ changed-also }
article-fields = { part-article-of } was changed: { changed-list }
article-saved = { part-article-of } was saved without a change
chat-message = Chat message{ part-tail-text }

field-BlogCategories = the categories
field-Body = the text
field-FullText = the text
field-Groups = the groups
field-Language = the language
field-Message = the text
field-PostedByFullName = the author
field-SummaryText = the summary
field-Tags = the tags
field-Title = the title
field-UnpublishDate = the end of the publication

## Inventory, floor plans and locations

part-desk-of = { $what ->
    [0] A desk
   *[other] { $what }
}{ $plan ->
    [0] {""}
   *[other] {" "}on { $plan }
}
desk-created = { part-desk-of } was added{ part-tail-kind }
desk-changed = { part-desk-of } was changed{ part-tail-kind }
desk-deleted = { part-desk-of } was removed{ part-tail-kind }
desk = { part-desk-of }{ part-tail-kind }
desk-taken = { part-desk-of } was taken by { $who ->
    [0] somebody
   *[other] { $who }
}{ changed-also }
desk-freed = { part-desk-of } is free again{ $old ->
    [0] {""}
   *[other] {" "}(previously { $old })
}{ changed-also }
desk-handed = { part-desk-of } went{ part-tail-from-old } to { $who ->
    [0] somebody else
   *[other] { $who }
}{ changed-also }
desk-available = { part-desk-of } was made available{ changed-also }
desk-unavailable = { part-desk-of } is no longer available{ changed-also }
desk-price = Price of { $what ->
    [0] a desk
   *[other] { $what }
} changed{ part-tail-from } to { $after }{ changed-also }
desk-renamed = “{ $old }” is now called “{ $new }”{ changed-also }
desk-moved = { $what ->
    [0] A desk
   *[other] { $what }
} moved{ part-tail-from-old } to { $plan }{ changed-also }
desk-fields = { part-desk-of } was changed: { changed-list }
desk-saved = { part-desk-of } was saved without a change
part-tail-kind = { $kind ->
    [0] {""}
   *[other] {" "}({ $kind })
}
desk-kind-office = office
desk-kind-dedicated = dedicated desk
desk-kind-hot = hot desk
desk-kind-room = room

field-Area = the area
field-Available = the availability
field-AvailableFromTime = the availability
field-AvailableToTime = the availability
field-Capacity = the capacity
field-CoworkerContractFullNames = the contracts
field-FloorPlanName = the floor plan
field-ItemType = the kind
field-Size = the size

## Anything else

# Ends of sentences: with a blank or a sign before, and nothing where the piece is missing.
part-tail-of-who = { $who ->
    [0] {""}
   *[other] {" "}of { $who }
}
part-tail-for-who = { $who ->
    [0] {""}
   *[other] {" "}for { $who }
}
part-tail-by-who = { $who ->
    [0] {""}
   *[other] {" "}by { $who }
}
part-tail-at-where = { $where ->
    [0] {""}
   *[other] {" "}at { $where }
}
part-tail-sum = { $sum ->
    [0] {""}
   *[other] : { $sum }
}
part-tail-text = { $text ->
    [0] {""}
   *[other] : { $text }
}
part-tail-from = { $before ->
    [0] {""}
   *[other] {" "}from { $before }
}
part-tail-instead = { $before ->
    [0] {""}
   *[other] {" "}instead of { $before }
}

unreadable-json = { $label }: its body is not readable as JSON
unreadable-empty = { $label }: its body is an empty list
unreadable-object = { $label }: there is no object in its body
unreadable-more = { $count ->
    [one] { $label }: its body has one object more than is read
   *[other] { $label }: its body has { $count } objects more than are read
}

# An event of which nothing more is known than its names: $title where the row has no thing.
any = { $label }{ part-any-title }
part-any-title = { $what ->
    [0] { $title ->
        [0] { $who ->
            [0] {""}
           *[other] : { $who }
        }
       *[other] : { $title }{ part-any-aside }
    }
   *[other] : { $what }{ part-any-aside }
}
part-any-aside = { $who ->
    [0] {""}
   *[other] {" "}({ $who })
}{ $sum ->
    [0] {""}
   *[other] , { $sum }
}
any-place = { $label }{ $where ->
    [0] {""}
   *[other] : { $where }
}
any-price = { $label }: { $what ->
    [0] { $title ->
        [0] price
       *[other] { $title }
    }
   *[other] { $what }
}, now { $after }{ part-tail-instead }{ changed-also }
any-renamed = { $label }: “{ $old }” is now called “{ $new }”{ changed-also }
any-fields = { $label }{ part-any-what } ({ changed-list })
any-saved = { $label }{ part-any-what } (saved without a change)
part-any-what = { $what ->
    [0] { $title ->
        [0] {""}
       *[other] : { $title }
    }
   *[other] : { $what }
}
# Of a body of which not even the kind is known.
invoices-refunded = Invoice refunded
invoices-cancelled = Invoice cancelled
nothing-known = Something happened
# What an action is called that this program does not know: $name as it came, $words the same in words.
action-other = { $name ->
    [0] { $words }
   *[other] { $words }
}

## Facts

yes = yes
no = no

fact-action = Action
fact-active = Active
fact-active-contracts = Active contracts
fact-address = Address
fact-alert = Alert
fact-announced-by = Announced by
fact-approval = Approval
fact-archived = Archived
fact-arrived = Arrived
fact-article = Article
fact-attendee = Attendee
fact-author = Author
fact-available = Available
fact-available-from = Available from
fact-available-to = Available until
fact-balance = Balance
fact-billed-to = Billed to
fact-booked-on = Booked on
fact-booked-online = Booked online
fact-booking-number = Booking number
fact-came = Came
fact-cancelled = Cancelled
fact-cancels = Cancels
fact-capacity = Capacity
fact-changed-by = Changed by
fact-charged-from = Charged from
fact-charged-until = Charged until
fact-checked-in = Checked in
fact-checked-out-automatically = Checked out automatically
fact-closed = Closed
fact-closed-on = Closed on
fact-collected = Collected
fact-collected-on = Collected on
fact-comments = Comments
fact-company = Company
fact-counts-towards-the-plan = Counts towards the plan
fact-created = Created
fact-credit = Credit
fact-credit-note = Credit note
fact-customer = Customer
fact-customer-told = Customer told
fact-debit = Debit
fact-default-plan = Default plan
fact-delivery = Delivery
fact-delivery-kind = Kind
fact-department = Department
fact-description = Description
fact-desk = Desk
fact-desk-kind = Kind
fact-desks = Desks
fact-draft = Draft
fact-due = Due
fact-email = E-mail
fact-ends = Ends
fact-estimated-cost = Estimated cost
fact-event = Event
fact-expected = Expected
fact-expires = Expires
fact-floor-plan = Floor plan
fact-for = For
fact-forwarded-on = Forwarded on
fact-from = From
fact-from-customer = From the customer
fact-handling = Handling
fact-has-due-invoices = Has due invoices
fact-host = Host
fact-host-email = Host’s e-mail
fact-host-told = Host told
fact-how = How
fact-in = In
fact-internal = Internal
fact-internal-notes = Internal notes
fact-invoice = Invoice
fact-invoiced = Invoiced
fact-invoiced-on = Invoiced on
fact-is-active = Active
fact-kept-at = Kept at
fact-last-changed = Last changed
fact-last-message = Last message
fact-last-payment-attempt = Last payment attempt
fact-left = Left
fact-list-price = List price
fact-location = Location
fact-locations = Locations
fact-main-contract = Main contract
fact-members = Members
fact-members-only = For members only
fact-most-members = Most members
fact-name = Name
fact-needs-a-signature = Needs a signature
fact-next-invoice = Next invoice
fact-next-plan = Next plan
fact-notes = Notes
fact-number = Number
fact-opened = Opened by the customer
fact-out = Out
fact-owner = In charge
fact-paid = Paid
fact-paid-amount = Paid amount
fact-paid-in-full = Paid in full
fact-paid-on = Paid on
fact-paused = Paused
fact-paying-member = Paying member
fact-period-from = Period from
fact-period-to = Period to
fact-phone = Phone
fact-place = Place
fact-places = Places
fact-plan = Plan
fact-plan-at-the-time = Plan at the time
fact-plan-price = Plan’s price
fact-platform-id = Platform id
fact-price = Price
fact-private = Private
fact-product = Product
fact-proposal = Proposal
fact-provider = Provider
fact-published = Published
fact-quantity = Quantity
fact-reason = Reason
fact-received-by = Received by
fact-recurring = Recurring
fact-reference = Reference
fact-refunded = Refunded
fact-refunded-on = Refunded on
fact-registered = Registered
fact-renews = Renews
fact-repeats = Repeats
fact-responsible = Responsible
fact-returned-on = Returned on
fact-room = Room
fact-room-kind = Kind
fact-scanned-on = Scanned on
fact-sent-from = Sent from
fact-sent-on = Sent on
fact-signed = Signed
fact-single-invoice = Single invoice for the team
fact-sold = Sold
fact-starts = Starts
fact-state = State
fact-still-due = Still due
fact-subject = Subject
fact-subscribed = Subscribed
fact-tags = Tags
fact-tax = Tax
fact-team = Team
fact-team-at-the-time = Team at the time
fact-tentative = Tentative
fact-term = Term
fact-text = Text
fact-thread = Thread
fact-ticket = Ticket
fact-title = Title
fact-to = To
fact-total = Total
fact-tour = Tour
fact-tried = Tried
fact-unpublished = Published until
fact-value = Value
fact-visitor = Visitor
fact-visitors = Visitors
fact-void = Void
fact-was-invoiced = Invoiced
fact-why-cancelled = Why cancelled
