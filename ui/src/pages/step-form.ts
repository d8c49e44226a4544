import type { StepForm } from '../api/client'
import type { Outline } from './outline'

/** What has been filled in for a step so far. */
export interface Filled {
  officers: readonly string[]
  /** The agreement file, exactly as it is to be signed. */
  text: string
  status: string
  audience: readonly string[]
  /** Whether the officers say that they have compared number and digest with the others. */
  compared: boolean
  /** Whether a suspension is of the whole agreement; null while nobody has said. */
  whole: boolean | null
  clauses: readonly string[]
  from: string | null
  until: string | null
  ends: string | null
  cause: string
}

/** Nothing filled in yet. */
export const NOTHING_FILLED: Filled = {
  officers: [],
  text: '',
  status: 'actual',
  audience: [],
  compared: false,
  whole: null,
  clauses: [],
  from: null,
  until: null,
  ends: null,
  cause: '',
}

/** A step as a form needs it: what the node offers, or the proposal of something new. */
export interface Offered {
  step: string
  agreement?: string | undefined
  /** The matter of the life it is a step in; none for a proposal. */
  matter?: string | undefined
  status?: string | undefined
  version?: number | null | undefined
  digest?: string | undefined
  target?: string | null | undefined
  /** The earliest end a notice may name. */
  ends?: string | null | undefined
  /** The text to propose, where this node has it. */
  known?: Outline | undefined
  officersNeeded: number
}

/** What a step asks of those who take it. */
export type Asked = 'text' | 'audience' | 'compared' | 'clauses' | 'span' | 'ends' | 'cause'

const ASKED: Readonly<Record<string, readonly Asked[]>> = {
  propose: ['text', 'audience'],
  draft: ['text'],
  initial: ['compared'],
  sign: ['compared'],
  ratify: ['compared'],
  suspend: ['clauses', 'span', 'cause'],
  give_notice: ['ends', 'cause'],
  agree_termination: ['ends', 'cause'],
}

/** Whether a step asks for `what`; a text that this node has is not asked for. */
export function asks({ step, known }: Offered, what: Asked): boolean {
  if (what === 'text' && known !== undefined) return false
  return ASKED[step]?.includes(what) ?? false
}

/** Something without which a step cannot be taken. */
export type Gap =
  | 'officers'
  | 'text'
  | 'compared'
  | 'scope'
  | 'clauses'
  | 'span'
  | 'ends'
  | 'ends_early'
  | 'cause'

/** What is still missing before the step can be sent, in the order of the form. */
export function gaps(offered: Offered, filled: Filled): Gap[] {
  const { step } = offered
  const { from, until, ends } = filled
  const found: Gap[] = []
  const need = (gap: Gap, lacking: boolean) => {
    if (lacking) found.push(gap)
  }
  need('text', asks(offered, 'text') && filled.text.trim() === '')
  need('compared', asks(offered, 'compared') && !filled.compared)
  if (asks(offered, 'clauses')) {
    need('scope', filled.whole === null)
    need('clauses', filled.whole === false && filled.clauses.length === 0)
  }
  // Days are written so that they sort as texts.
  need('span', asks(offered, 'span') && from !== null && until !== null && until <= from)
  if (asks(offered, 'ends')) {
    // A notice without a day names the earliest; an agreed end is a day that somebody chose.
    need('ends', ends === null && step === 'agree_termination')
    need('ends_early', ends !== null && offered.ends != null && ends < offered.ends)
  }
  need('cause', asks(offered, 'cause') && filled.cause.trim() === '')
  need('officers', filled.officers.length < Math.max(1, offered.officersNeeded))
  return found
}

/** The form to send, with nothing in it that the step does not ask for. */
export function formOf(offered: Offered, filled: Filled): StepForm {
  const { step } = offered
  const form: StepForm = {
    step,
    officers: [...filled.officers],
    status: offered.status ?? filled.status,
  }
  if (offered.agreement !== undefined) form.agreement = offered.agreement
  if (offered.matter !== undefined) form.matter = offered.matter
  if (offered.target != null) form.target = offered.target
  if (asks(offered, 'text')) form.text = filled.text
  if (asks(offered, 'audience')) form.audience = [...filled.audience]
  if (asks(offered, 'compared')) {
    form.version = offered.version ?? null
    form.digest = offered.digest ?? null
  }
  if (asks(offered, 'clauses')) form.clauses = filled.whole === true ? [] : [...filled.clauses]
  if (asks(offered, 'span')) {
    form.from = filled.from
    form.until = filled.until
  }
  if (asks(offered, 'ends')) form.ends = filled.ends
  if (asks(offered, 'cause')) form.cause = filled.cause.trim()
  return form
}
