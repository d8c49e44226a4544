### One case from need to settlement.

case-summary = Requests: { $requests } · orders: { $orders } · closed: { $closed } · waiting for somebody: { $waiting } · refused: { $refusals }
case-needs = Needs against what was committed and received
case-no-needs = No need has been reported in this case.
case-no-needs-next = The requesting party reports needs once an alert has been read.

## The lane

lane = From need to settlement
lane-caption = What each party has done at each step, and who must act next
lane-empty = Nothing has been asked for or offered.
lane-empty-next = The first step is a report of needs or a request by the affected party.
lane-waiting = Must act: { $count }
lane-more = { $count } more
step-need = Need
step-request = Request
step-offer = Offer
step-order = Order
step-shipment = Shipment
step-receipt = Receipt
step-settlement = Settlement
step-state = { $step }: { $state }

## Offers

offers = Offers
offers-empty = Nothing has been offered.
offers-empty-next = An assisting party offers on its own or in answer to a request.
offer = Offer
deadline = Deadline
no-deadline = None
offer-proposed = Proposed
offer-accepted = Accepted
offer-accepted-late = Accepted late, to be answered
offer-declined = Declined
offer-withdrawn = Withdrawn
offer-lapsed = Lapsed
timeliness-unwitnessed = Not known to have been received yet
timeliness-late-so-far = Late as far as known
timeliness-in-time = In time
timeliness-late = Late
first-received = First received by { $party }:
late-binds-nobody = Binds nobody until { $party } accepts it as late; otherwise it declines it or offers anew.

## Orders

orders = Orders
orders-empty = No order has been placed.
orders-empty-next = An order follows a request or an offer; push support needs a standing consent.
order = Order
from-to = From → to
progress = Stage
next = Must act next
pushed = Push support: sent without a request
quantity-ordered = Ordered
quantity-committed = Committed
quantity-shipped = Shipped
quantity-accepted = Accepted
quantity-rejected = Rejected
quantity-short = Short
unit-price = Unit price: { $sum }
stage-requisitioned = Ordered, not yet committed
stage-committed = Committed, not yet dispatched
stage-refused = Declined
stage-cancelled = Cancelled
stage-in-fulfilment = On the way
stage-delivered = Delivered
stage-accepted = Accepted
stage-settling = Being settled
stage-closed = Closed

## Shipments

shipments = Shipments
shipments-empty = Nothing has been dispatched.
shipments-empty-next = The assisting party dispatches once it has committed.
shipment = Shipment
shipment-dispatched = On the way
shipment-received = Received
pallets = Pallets
received-at = Received at
found = Found at receipt
found-detail = accepted { $accepted } · rejected { $rejected } · short { $short }

## Refusals

refusals = Refused acts
refusals-empty = Nothing was refused.
refusals-empty-next = A refused act stays on record with the article that forbids it.
act = Act
record = Record
refused-before-signing = Refused before signing

## Timeline

timeline = Timeline
timeline-note = Acts in causal order. The times are those their authors claim.
timeline-empty = No act yet.
timeline-empty-next = The first act opens the matter.
act-verified = Signature verified
act-refused = Signed, but refused
signed-by = Signed by { $officers }

## Matters

matters = Matters of this case
matters-empty = This case has no matter.
matters-empty-next = A matter opens with its first act.
audience = Shared with
acts = Acts
acts-waiting = Waiting for earlier acts

## Personal data

personal = Personal data
personal-show = Show
personal-hide = Hide
personal-show-of = Show the personal data beside act { $act }
personal-hide-of = Hide the personal data beside act { $act }
personal-erased = Erased at this node
personal-missing = Not received yet: it comes with the next exchange if its author's node still holds it.
personal-retracted = Personal data erased at the author's wish
personal-known-to = Known to:
personal-awaited = Not confirmed yet by:
personal-retract = Retract personal data
personal-retract-note = The text beside this act is erased at this node and at every node that shares it, as soon as each has read the retraction. The act itself and its signatures stay.
personal-retract-limits = What was printed or copied, backups and storage media out of reach are not erased.
