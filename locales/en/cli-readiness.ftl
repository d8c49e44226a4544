# Whether help would arrive: running scenarios, merging shards, and what a run means.

readiness-progress = {$done} of {$of} scenarios
readiness-left = about {$minutes} min left
readiness-left-hours = about {$hours} h {$minutes} min left
readiness-stopped = Stopped as asked: {$done} of {$of} scenarios are done and kept in {$folder}.
readiness-resume = The same command goes on from there.
readiness-complete = { $count ->
        [one] The one scenario is
       *[other] All {$count} scenarios are
    } done; the tables are in {$folder}/tables.
readiness-job = Job
readiness-shard = Shard
readiness-next-report = What they mean: pumasi readiness report {$folder}
readiness-next-merge = Once all shards are done: pumasi readiness merge DIR… --out DIR

title-readiness = Readiness
readiness-sample = Rests on {$scenarios} drawn scenarios (seed {$seed}); in {$harmful} of them something is needed. By weight they say as much as {$effective} that are drawn evenly, and stand for {$yearly} events a year.
readiness-intervals = In brackets: the interval that holds {$percent} % of {$resamples} resamples of the scenarios. It says nothing of errors in the models.
readiness-person-days = Person-days: days that a person goes without something that hurts as much as going without drinking water.
readiness-input = What is suspended, cut or added here is an input to the model, never a prediction about a state.
readiness-none = Nothing.
readiness-all = all together
readiness-hours = {$hours} h
readiness-never = Hours count from the start of the plan; ∞ is not within the time planned for.
readiness-local-note = With local ties alone: agreements of provinces and municipalities and everybody's own stock, with agreements between states and national law set aside.

title-readiness-unmet = What stays unmet, as a share of what would be without any help
title-readiness-dots = Of 20 disasters, in how many how much stays unmet
readiness-dots-note = Each dot is one in twenty of the disasters in which it is needed.
title-readiness-times = When help is there: half, and nine tenths
title-readiness-places = Where most is missing
title-readiness-dependence = What comes from neighbours, by country
title-readiness-steps = Which step helps most for its cost
title-readiness-cuts = What would be lost if something were suspended or cut
title-readiness-substitutes = Who gives more or less when an agreement is suspended
title-readiness-drills = The drills, which no figure above counts

column-readiness-scenarios = Scenarios
column-readiness-unmet = Unmet
column-readiness-p10 = 1 in 10 below
column-readiness-p50 = Median
column-readiness-p90 = 1 in 10 above
column-readiness-local = Local ties alone
column-readiness-half-p50 = Half: median
column-readiness-half-p90 = Half: 9 in 10
column-readiness-ninety-p50 = 90 %: median
column-readiness-ninety-p90 = 90 %: 9 in 10
column-readiness-days = Person-days a year
column-readiness-country = Country
column-readiness-dots-none = Nothing
column-readiness-dots-tenth = Up to 10 %
column-readiness-dots-half = Up to 50 %
column-readiness-dots-more = More
column-readiness-dots-all = All
column-readiness-agreement = Under
column-readiness-share = Share
column-readiness-rank = Rank
column-readiness-step = Step
column-readiness-saved = Saved
column-readiness-cost = US$ a year
column-readiness-per-cost = Person-days for US$ 1,000
column-readiness-cut = If this were so
column-readiness-lost = Lost
column-readiness-change = Change
column-readiness-displaced = Displaced

readiness-cut-national-ties = national ties cut, local ties alone left
readiness-cut-link = link {$link} cut
readiness-suspend = {$agreement} suspended
readiness-suspend-clause = {$agreement}: {$clause} suspended

failure-readiness = the scenarios cannot be run
    .help = check the library: `pumasi agreement check` names faults of agreements
failure-readiness-folder = the folder of the run cannot be used
    .help = check its permissions and the space left, or name another folder with `--out`
failure-readiness-in-use = another process works in the folder of the run
    .help = wait for it, or name another folder with `--out`
failure-readiness-other = the folder holds another run
    .help = repeat the options of that run to go on with it, or name another folder with `--out`
failure-readiness-unfinished = the run is not finished
    .help = repeat its `pumasi readiness run` to go on with it
failure-shards = the folders do not make one run
    .help = name the folder of every shard of one job, each once and finished
failure-commodities = `{$given}` is no choice of commodities
    .help = give a number from 1 to {$most}, ids with commas between, or all

# Help.

help-readiness = readiness: whether help would arrive, over many scenarios
help-readiness-run = run scenarios, or go on with a run that was stopped
help-readiness-run-scenarios = how many scenarios to draw
help-readiness-run-seed = the seed they are drawn from
help-readiness-run-year = the year they are dated in: agreements and links stand as they do then
help-readiness-run-season = only what strikes in this season
help-readiness-run-drills = run the drills as well
help-readiness-run-periods = how many periods a plan covers
help-readiness-run-hours = hours in a period
help-readiness-run-delay = hours from the event to the start of the plan
help-readiness-run-commodities = what is planned for: the first so many that matter most, ids with commas between, or all
help-readiness-run-counterfactuals = what is asked to be otherwise; inputs to the model, never predictions about a state
help-readiness-run-unreachable = a party that cannot be reached; may be repeated
help-readiness-run-drafts = let drafts count as if they were in force
help-readiness-run-threads = scenarios worked on at a time; half of the processors when left out
help-readiness-run-shard = which part of how many, such as 3/8
help-readiness-run-out = the folder of the run
help-readiness-merge = make one run of the folders of all its shards
help-readiness-merge-shards = the folders of the shards
help-readiness-merge-out = the folder to make
help-readiness-report = say what a run means, each figure with its sample and interval
help-readiness-report-folder = the folder of the run
help-readiness-report-csv = print every figure as comma-separated values
