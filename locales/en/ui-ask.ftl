### The question form and its answer.

ask = May we?
ask-note = Ask before anything is sent. The question goes to your own node only; it binds nobody.
ask-this = Ask under this agreement alone
ask-giver = Who gives
ask-receiver = Who receives
ask-action = What is to be done
ask-commodity = What
ask-quantity = How much
ask-quantity-in = How much ({ $unit })
ask-purpose = For which purpose
ask-on = On which day (today if empty)
ask-onward = Passed on to (if anybody)
ask-status = Actual or exercise
ask-send = Ask the agreements
ask-incomplete = Still needed: who gives, who receives, what or of which category, and for which purpose.
action-request = Request aid
action-offer = Offer aid
action-order = Order or commit aid
action-push = Send aid unasked
decision = Answer
decision-clauses = Clauses that decide
decision-no-clauses = No clause speaks of this; what no clause permits is refused.
decision-note = The answer holds for the terms this node has now. The providing party decides for itself whether to give.
outcome-permitted = Permitted
outcome-refused = Refused
outcome-needs = Something is needed first
ask-category = Or of which category
ask-category-none = As the item says
ask-transit = Travels through (if anybody)
ask-transit-next = Travels through, { $place }
ask-mode = By which mode
ask-way = The way there, and passing on
ask-event = What is known of the event
ask-hours = Hours since it struck
ask-intensity = Strongest intensity at the receiver
ask-alert = Alert level
ask-unreachable = The receiver cannot be reached
ask-requested = The receiver has asked for it
ask-unknown = Not known
ask-consents = Consents already held
ask-under = Judged by this agreement alone:
consent-push = being sent aid unasked
consent-transit = transit
consent-onward = passing it on
alert-level-green = Green
alert-level-yellow = Yellow
alert-level-orange = Orange
alert-level-red = Red

## The answer

decision-missing = Still missing
decision-whose = Whose move:
decision-asker = yours
decision-alternatives = What may be done instead
decision-ask-instead = Ask this
effect-permits = permits
effect-forbids = forbids
effect-limits = limits
effect-requires = requires
effect-settles = settles
way-days = { $mode }, within { $days ->
    [one] { $days } day
   *[other] { $days } days
}
way-days-else = { $mode }, within { $days } days; failing that, reimbursement within { $later } days
