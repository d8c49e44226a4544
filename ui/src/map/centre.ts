import type { EventLine } from '../api/client'

/** The mark of an epicentre. */
export const CROSS = 'M-8,-8L8,8M8,-8L-8,8'

/** The mark of the centre of a cyclone: an eye with two arms that turn as they do in the north. */
export const EYE = 'M4,0A4,4 0 1 1 -4,0A4,4 0 1 1 4,0M4,0C4,-6 -1,-9 -7,-9M-4,0C-4,6 1,9 7,9'

/** Whether the point of an event is the centre of a cyclone: an epicentre has a magnitude. */
export function isCyclone(event: Pick<EventLine, 'hazards' | 'magnitude'>): boolean {
  return event.hazards.includes('tropical_cyclone') && event.magnitude == null
}
