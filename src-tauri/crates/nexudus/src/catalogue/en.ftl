# What Nexwatch says of events, in English. The format is Fluent's: https://projectfluent.org
#
# A message is filled with pieces. Beside those that its own code gives there are always: $who (the person of the event),
# $what (the room, desk, plan or thing), $where (the location), $sum (how much), $label (what the action is called) and
# $thing (what kind of thing the event is about). Any piece may be missing; a missing one is the number 0, so
#     { $what -> [0] a room *[other] { $what } }
# says "a room" where no name is known. Money, days and times come as finished words; $count pieces are numbers.

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

field-AutoCheckout = the automatic check-out
field-CheckinAttemptTime = the time of the attempt
field-CountsTowardsPlanLimits = whether it counts towards the plan
field-LastActivity = the last activity
field-MacAddresses = the devices
field-TariffAtTheTimeOfCheckin = the plan at the time
field-TeamsAtTheTimeOfCheckin = the team at the time

## Visitors

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
