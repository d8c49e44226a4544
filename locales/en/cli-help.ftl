### What the command's help says: help-<noun>-<verb>-<argument>.

## What every command has

help-pumasi = Pumasi: mutual aid across borders
help-option-lang = the language to speak: ko, ja, zh-Hans or en; LC_ALL, LC_MESSAGES and LANG decide otherwise
help-option-json = print answers and failures as JSON
help-option-data = the node's data folder
help-option-library = a folder whose catalog and agreements replace the built-in ones
help-option-help = show this help
help-option-version = show the version
help-sign-officer = an officer who signs; repeat it where two must
help-sign-clause = the clause that permits it; the node finds one when left out
help-sign-time = the time on the drill clock (RFC 3339); in an actual matter the node's clock counts
help-life-agreement = the agreement's id
help-life-status = whether it is real
help-life-version = the number of the draft; the newest one open to this party when left out
help-life-digest = at least eight digits from the beginning of its digest; without them it is only shown
help-life-cause = why, in this party's words
help-life-target = the suspension or notice it is about; the only one open when left out

## Nodes

help-init = make a party's node: keys, identity and an empty ledger
help-init-party = the party's id in the catalog
help-init-new-officer = an officer to appoint, as id:office; may be repeated
help-init-joint = an officer of those who signs only together with another; may be repeated
help-init-store = where its ledger goes: sqlite in the data folder, the address of a database (postgres://…), or { "${NAME}" } for a variable of the environment that holds it
help-serve = run the node until Ctrl-C
help-serve-listen = address and port for neighbours
help-serve-desk = address and port for officers, on this machine only
help-serve-open = open the pages in a browser
help-store = where the node's ledger is
help-store-show = show engine, size, who decides and who follows
help-store-move = move the ledger of a stopped node to another store and compare the two
help-store-move-to = sqlite for the data folder, the address of a database (postgres://…), or { "${NAME}" } for a variable of the environment that holds it

## Parties

help-party = parties this node trusts, and their identities
help-party-list = list the parties this node trusts
help-party-show = show a party and whether it can be reached
help-party-show-party = the party's id
help-party-export = export this party's identity for others to trust
help-party-export-out = the file to make; standard output when left out
help-party-trust = trust another party by its identity file
help-party-trust-file = the file made by `pumasi party export`
help-party-trust-fingerprint = the fingerprint told by telephone or on paper; another one is refused
help-party-trust-url = where its node listens: https://host:port

## Agreements

help-agreement = agreements: what there is, what they say, what they answer
help-agreement-list = list the node's agreements
help-agreement-show = show an agreement and its clauses
help-agreement-show-agreement = the agreement's id
help-agreement-ask = ask whether something may be done and under which clause; ends with 4 unless it may
help-agreement-ask-giver = the party that gives
help-agreement-ask-receiver = the party that receives
help-agreement-ask-action = what is to be done
help-agreement-ask-commodity = the commodity
help-agreement-ask-quantity = how much, such as "500 LTR"
help-agreement-ask-purpose = what it is for
help-agreement-ask-on = on which day, such as 2024-01-01; today when left out
help-agreement-ask-onward-to = a third party the goods would be passed on to
help-agreement-ask-status = whether it is real
help-agreement-ask-agreement = judge by this agreement alone
help-agreement-map = show what exists and what is missing between parties: who may do what, how many partners, what ends, what nobody can send, which step comes next
help-agreement-map-parties = a party; repeat for several. One alone is shown with all its partners; the node's own when left out
help-agreement-map-on = on which day, such as 2026-11-21; today when left out
help-agreement-map-purpose = what it is for
help-agreement-map-status = whether it is real
help-agreement-map-first-hours = hours after an event in which help must be under way
help-agreement-map-within-days = days ahead in which what ends is listed
help-agreement-map-offline = without a node, from the library built in or that of --library
help-agreement-ask-category = the category, where no commodity fits
help-agreement-ask-transit = a third party the goods would travel through; may be given several times
help-agreement-ask-mode = by what the goods would travel
help-agreement-ask-requested = state that the receiver has asked for what would be pushed
help-agreement-ask-hours-since = whole hours since the event
help-agreement-ask-intensity = the strongest JMA intensity at the receiver, such as 6-
help-agreement-ask-alert = the highest alert level given
help-agreement-ask-contact-lost = state that the receiver cannot be reached
help-agreement-ask-consent = a consent already held, such as jp-17:push, cn-js:transit or kr-45:onward; may be given several times
help-agreement-check = check agreement files offline: every fault with its line and column, then contradictions, gaps and hints
help-agreement-check-files = agreement files
help-agreement-check-digest = the SHA-256 digest the file must have, as its sender told it
help-agreement-prove = prove that something is never permitted, or show a way in which it is; ends with 4 when there is a way
help-agreement-prove-category = the category, such as ammunition; any when left out
help-agreement-prove-giver = the party that gives; any when left out
help-agreement-prove-receiver = the party that receives; any when left out
help-agreement-prove-purpose = what it is for; anything when left out
help-agreement-prove-action = the step; when left out, every step by which something passes
help-agreement-prove-status = whether it is real; any when left out
help-agreement-prove-files = agreement files; the whole library when left out
help-agreement-compare = compare what two agreement files let happen, offline
help-agreement-compare-first = the first agreement file
help-agreement-compare-second = the second agreement file
help-agreement-export = write an agreement as an ODRL policy (JSON-LD) or as a file, offline, and say what the format cannot carry
help-agreement-export-agreement = an agreement file, or the id of an agreement in the library
help-agreement-export-format = what to write: an ODRL policy, or an agreement file
help-agreement-export-out = a new file for the result; printed when left out
help-agreement-import = read an ODRL policy (JSON-LD) as an agreement file, offline, and say what was not understood
help-agreement-import-file = an ODRL policy
help-agreement-import-out = a new file for the result; printed when left out
help-agreement-read = show an agreement file offline
help-agreement-read-file = an agreement file
help-agreement-history = show how an agreement stands, how it came to that, and which steps are open
help-agreement-history-agreement = the agreement's id
help-agreement-history-on = on which day; today when left out
help-agreement-diff = compare two drafts, or two files offline, clause by clause
help-agreement-diff-first = the agreement's id; with a second file, the first file
help-agreement-diff-second = the second file
help-agreement-diff-from = the older version; the one before the newer when left out
help-agreement-diff-to = the newer version; the newest when left out
help-agreement-diff-matter = its matter, where it lives in several
help-agreement-propose = propose an agreement: open its matter and lay down the first draft
help-agreement-propose-file = the agreement file, exactly as it is to be signed
help-agreement-propose-audience = a party to share the matter beside those of the text; may be repeated
help-agreement-draft = lay down the next version of the text
help-agreement-draft-file = the agreement file, exactly as it is to be signed
help-agreement-initial = initial a version: the text is settled between the negotiators
help-agreement-sign = sign a version; without --digest it only shows what there is to sign
help-agreement-ratify = notify that this party's own procedures for a signed version are completed
help-agreement-suspend = suspend an agreement or some of its clauses, here and in every matter under it
help-agreement-suspend-clauses = a clause; may be repeated; the whole agreement when left out
help-agreement-suspend-from = the first day; today when left out
help-agreement-suspend-until = the first day on which it holds no more; until it is lifted when left out
help-agreement-resume = lift a suspension of this party
help-agreement-give-notice = give notice that the agreement shall end or not be renewed
help-agreement-give-notice-ends = the first day without it; the earliest the text allows when left out
help-agreement-suspend-notice = suspend the effect of a notice of this party
help-agreement-resume-notice = lift the suspension of a notice of this party
help-agreement-withdraw-notice = withdraw a notice of this party
help-agreement-agree-termination = agree to an end on a day; the agreement ends once every party has named the same
help-agreement-agree-termination-ends = the first day without it

## Matters

help-matter = matters: threads of acts with a fixed audience
help-matter-list = list the matters this node shares
help-matter-show = show a matter
help-matter-show-matter = the matter's id or its beginning
help-matter-open = open a matter
help-matter-open-case = the case it belongs to
help-matter-open-status = whether it is real; this can never change
help-matter-open-party = a party that shares it; repeat for each
help-matter-open-agreement = an agreement it stands under; repeat for each
help-matter-open-title-ko = its title in Korean
help-matter-open-title-ja = its title in Japanese
help-matter-open-title-zh = its title in Chinese
help-matter-open-title-en = its title in English
help-matter-open-origin = when the event struck (RFC 3339)
help-matter-verify = verify an exported bundle offline: identities, signatures, chains and rules
help-matter-verify-file = the file made by `pumasi matter export`
help-matter-verify-trust = compare with a fingerprint you know, as party=fingerprint; may be repeated
help-matter-export = export a matter as a file that anyone can verify
help-matter-export-matter = the matter's id or its beginning
help-matter-export-out = the file to make; standard output when left out
help-matter-export-to = seal the file for this party, so that its nodes alone can open it

## Cases

help-case = cases: one disaster from need to settlement
help-case-list = list the cases this node shares
help-case-show = show a case from need to settlement
help-case-show-case = the case's id
help-case-report = show the after-action report
help-case-report-case = the case's id
help-case-export = write the situation of a case as a file that other systems and people read
help-case-export-format = what to write: a CAP alert, an HXL table of places or of needs, a GeoJSON map, or a situation report
help-case-export-case = the case's id; the newest when left out
help-case-export-out = a new file for it; printed when left out

## Orders

help-order = orders: the steps from request to settlement
help-order-list = list orders
help-order-list-case = only of this case
help-order-list-open = only those not closed
help-order-show = show an order
help-order-show-order = the order's id or its beginning
help-order-request = request aid
help-order-request-matter = the matter's id or its beginning
help-order-request-from = the party that is asked
help-order-request-commodity = the commodity
help-order-request-quantity = how much, such as "500 LTR"
help-order-request-purpose = what it is for
help-order-request-place = the place it is for
help-order-request-need-by = by when it is needed (RFC 3339)
help-order-offer = offer aid
help-order-offer-matter = the matter's id or its beginning
help-order-offer-to = the party it is offered to
help-order-offer-request = the request it answers
help-order-offer-commodity = the commodity
help-order-offer-quantity = how much, such as "500 LTR"
help-order-offer-purpose = what it is for
help-order-offer-mode = how it is settled
help-order-offer-price = the price of a unit, such as "JPY 500"
help-order-offer-until = the last moment at which it can be accepted (RFC 3339)
help-order-offer-grace = minutes after that in which an acceptance still counts
help-order-requisition = order aid
help-order-requisition-matter = the matter's id or its beginning
help-order-requisition-from = the party it is ordered from
help-order-requisition-request = the request it covers
help-order-requisition-offer = the offer it takes up
help-order-requisition-commodity = the commodity
help-order-requisition-quantity = how much, such as "500 LTR"
help-order-requisition-purpose = what it is for
help-order-requisition-place = the place it is for
help-order-requisition-mode = how it is settled
help-order-requisition-price = the price of a unit, such as "JPY 500"
help-order-commit = commit to an order
help-order-commit-order = the order's id or its beginning
help-order-commit-quantity = how much of it; all when left out
help-order-commit-accept-late = take an order that came after the deadline of its offer
help-order-decline = decline an order
help-order-decline-order = the order's id or its beginning
help-order-decline-reason = why
help-order-push = send aid unasked, under a standing consent
help-order-push-matter = the matter's id or its beginning
help-order-push-to = the party that receives
help-order-push-commodity = the commodity
help-order-push-quantity = how much, such as "500 LTR"
help-order-push-purpose = what it is for
help-order-push-place = the place it is for
help-order-push-contact-lost = state that the receiver cannot be reached
help-order-dispatch = report that goods have left
help-order-dispatch-order = the order's id or its beginning
help-order-dispatch-quantity = how much; what is left of the commitment when left out
help-order-dispatch-pallets = pallets
help-order-dispatch-link = a link it takes; repeat in order
help-order-dispatch-departs = departure (RFC 3339)
help-order-dispatch-arrives = expected arrival (RFC 3339)
help-order-receive = report a receipt: accepted, rejected, short
help-order-receive-shipment = the shipment's id or its beginning
help-order-receive-accepted = accepted; all the rest when left out
help-order-receive-rejected = rejected
help-order-receive-short = not there
help-order-receive-reason = why it was rejected
help-order-bill = bill what was accepted
help-order-bill-order = the order's id or its beginning
help-order-bill-sum = the sum, such as "JPY 50000"; what has accrued when left out
help-order-discharge = state that what was owed is settled
help-order-discharge-order = the order's id or its beginning
help-order-discharge-reference = the payment order, or the waybill of goods returned
help-order-confirm = confirm that it is settled
help-order-confirm-order = the order's id or its beginning

## Plans

help-plan = plans: what arrives when, and what stops the rest
help-plan-make = make a plan, and choose it when told to
help-plan-make-matter = the matter to state it in, by its id or its beginning
help-plan-make-case = the case's id
help-plan-make-purpose = what the aid is for
help-plan-make-hours = hours covered
help-plan-make-period = hours in a period
help-plan-make-size = the estimate that sizes it; by the hour when left out
help-plan-make-requested = count all needs as asked for; otherwise only standing consents move goods
help-plan-make-able = a party that can give; repeat for each; those that answer when left out
help-plan-make-unreachable = a party that cannot be reached; repeat for each; those that do not answer when left out
help-plan-make-choose = state the plan as an act
help-plan-show = show the plan that was chosen
help-plan-show-case = the case's id; the newest when left out

## Alerts

help-alert = read and relay alerts
help-alert-read = read an alert file offline: the event, where it shook, what is needed, from which sources
help-alert-read-file = an alert file; `-` for standard input
help-alert-read-all = show every place
help-alert-relay = hand an alert to the node and relay it in a matter
help-alert-relay-file = an alert file; `-` for standard input
help-alert-relay-matter = the matter's id or its beginning
help-alert-situation = report what was counted and seen, and the needs anew
help-alert-situation-file = a file of counts (CSV): a column place, and any of homes_destroyed, homes_half_destroyed, homes_without_water, people_in_shelters, people_dead, people_injured, people_missing; `-` for standard input
help-alert-situation-matter = the matter's id or its beginning
help-alert-situation-officer = who signs
help-alert-situation-province = the province
help-alert-situation-as-of = when it was so; now when left out
help-alert-situation-source = who counted
help-alert-situation-text = what you say of the situation
help-alert-situation-time = the drill's time
help-alert-shaking = calculate how the ground moves at a distance from an earthquake
help-alert-shaking-tectonic = in the crust (crustal), between plates (interface), in the sinking plate (slab)
help-alert-shaking-magnitude = the magnitude
help-alert-shaking-depth-km = depth of the hypocentre in km
help-alert-shaking-distance-km = shortest distance to the rupture in km
help-alert-shaking-vs30 = shear-wave velocity of the ground in m/s: 600 is stiff, 400 softer
help-alert-wind = calculate how hard a tropical cyclone blows at a distance
help-alert-wind-pressure-hpa = pressure at the centre in hPa
help-alert-wind-around-hpa = pressure around it in hPa
help-alert-wind-change-hpa-h = change of the central pressure in an hour, in hPa
help-alert-wind-lat = latitude of the centre in degrees
help-alert-wind-speed-m-s = how fast the centre moves, in m/s
help-alert-wind-radius-km = distance at which winds are strongest, in km; by an empirical formula when left out
help-alert-wind-distance-km = distance from the centre in km
help-alert-watch = follow feeds and folders: tell what is new, changed or withdrawn, event by event
help-alert-watch-url = a feed or document at an `http` or `https` address; may be repeated
help-alert-watch-folder = a folder into which messages are put; may be repeated
help-alert-watch-every = seconds between two requests to a source
help-alert-watch-allow = also fetch messages that a feed points to from this host; may be repeated
help-alert-watch-once = look once and end
help-alert-watch-matter = hand what is new or changed to the node for this matter; choose feeds of its region
help-alert-watch-officer = the officer who signs
help-alert-watch-time = the drill's time at the start, in place of the clock

## Bundles and shells

help-export = export a matter, as `matter export` does
help-export-matter = the matter's id or its beginning
help-export-out = the file to make; standard output when left out
help-export-to = seal the file for this party, so that its nodes alone can open it
help-import = import a bundle; the node verifies all of it before it stores any
help-import-file = the file made by `pumasi export`, open or sealed for this party
help-relay = send matters, sealed, through a neighbour to a party that cannot be reached
help-relay-send = seal matters for a party and leave them with a neighbour, where its node fetches them
help-relay-send-to = whom they are for; its nodes alone can open them
help-relay-send-via = the neighbour to leave them with; it sees sender, recipient and size
help-relay-send-matter = one matter, by its id or the beginning; all that are shared with the recipient when left out
help-relay-list = list what this node keeps for others: from whom, for whom, how much
help-recover = show what a node restored from a backup waits for before it writes again
help-recover-begin = say that the node was restored from a backup; also while it is stopped
help-recover-without = go on without this neighbour, which cannot be reached; may be repeated
help-audit = verify copies offline, each on its own and against the others, and draw the chain of every log
help-audit-path = a stopped or copied data folder, a published register, a bundle or a file of evidence; several are compared with each other
help-audit-export = publish the register of the one data folder named in this new folder, as static C2SP files
help-audit-key = a register's public key you know, as name+hash+key; may be repeated
help-audit-trust = compare with a fingerprint you know, as party=fingerprint; may be repeated
help-doctor = examine the node: clock, disk, keys, neighbours, forks, register, store; say why each finding counts and what to do; ends with 8 when somebody must act
help-completions = print a completion script for a shell
help-completions-shell = the shell
help-alert-relay-alert-only = relay the alert alone, without reporting needs

help-sign-contact = personal data to stand beside the act, such as a name and telephone number; they can be erased later
help-sign-personal = the same from a file of at most 16 KiB, or from standard input for "-"
help-personal = personal data beside acts: show, retract, erase
help-personal-show = show the personal data beside an act
help-personal-show-act = the act's id or its beginning
help-personal-retract = have the personal data beside an own act erased at every node that shares it
help-personal-retract-act = the act's id or its beginning
help-personal-erase = erase old personal data at this node alone, without telling anyone
help-personal-erase-matter = the matter's id or its beginning
help-personal-erase-older-than = how many days ago the act beside which they stand was made, at least
