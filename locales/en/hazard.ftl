# Names of hazards, degrees of warnings, methods of estimates and counts, for the command line and the pages.

hazard-earthquake = earthquake
hazard-tsunami = tsunami
hazard-tropical-cyclone = tropical cyclone
hazard-volcano = volcano
hazard-landslide = landslide
hazard-wildfire = wildfire
hazard-storm-surge = storm surge
hazard-flood = flood
hazard-snow = snow
hazard-rain = heavy rain
hazard-thunderstorm = thunderstorm
hazard-wind = strong wind
hazard-waves = high waves
hazard-heat = heat
hazard-cold = cold
hazard-drought = drought
hazard-other = other hazard

degree-minor = minor
degree-moderate = moderate
degree-severe = severe
degree-extreme = extreme

method-counted = counted
method-observed = observed
method-observed-and-model = observed, model where a station is silent
method-strongest-of-province = strongest of the province
method-shake-map = map of shaking
method-model-line = model, rupture as a line
method-model-circle = model, circle, an upper bound
method-wind-circle = circle of winds
method-wind-forecast = forecast circle of winds
method-wind-model = wind model
method-warned-code = named by a warning
method-warned-outline = in a warned outline

count-homes-destroyed = homes destroyed
count-homes-half-destroyed = homes half destroyed
count-homes-without-water = homes without water
count-people-in-shelters = people in shelters
count-people-dead = dead
count-people-injured = injured
count-people-missing = missing
