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

## Bookings

## Check-ins and access

## Visitors

## Customers

## Deliveries

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
