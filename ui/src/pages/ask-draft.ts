import type { AskForm, ChoicesPage } from '../api/client'

/** What has been typed so far. */
export interface Draft {
  agreement: string | null
  giver: string | null
  receiver: string | null
  action: string
  commodity: string | null
  /** What is given when no commodity fits. */
  category: string | null
  quantity: number | null
  purpose: string | null
  on: string | null
  status: string
  onward: string | null
  transit: readonly string[]
  mode: string | null
  requested: boolean
  hours: number | null
  intensity: string | null
  alert: string | null
  unreachable: boolean
  /** Consents already held, as `by/to`. */
  consents: readonly string[]
}

export const EMPTY: Draft = {
  agreement: null,
  giver: null,
  receiver: null,
  action: 'order',
  commodity: null,
  category: null,
  quantity: null,
  purpose: 'disaster_relief',
  on: null,
  status: 'actual',
  onward: null,
  transit: [],
  mode: null,
  requested: false,
  hours: null,
  intensity: null,
  alert: null,
  unreachable: false,
  consents: [],
}

/** A consent that would matter to the question, and whether it is held. */
export interface Consent {
  key: string
  by: string
  to: 'push' | 'transit' | 'onward'
}

/** The consents that the question as typed may turn on. */
export function consentsOf(draft: Draft): Consent[] {
  const { action, giver, receiver, onward, transit } = draft
  const consent = (by: string, to: Consent['to']): Consent => ({ key: `${by}/${to}`, by, to })
  const all: Consent[] = []
  if (action === 'push' && receiver !== null) all.push(consent(receiver, 'push'))
  for (const party of transit) all.push(consent(party, 'transit'))
  if (onward !== null && giver !== null) all.push(consent(giver, 'onward'))
  return all
}

/** The code of the unit in which the quantity is counted; kilograms for a category alone. */
export function unitOf(draft: Draft, choices: ChoicesPage): string | null {
  if (draft.commodity === null) return draft.category === null ? null : 'KGM'
  return choices.commodities.find(choice => choice.id === draft.commodity)?.unit ?? null
}

/** The question to send; null while something is missing. */
export function formOf(draft: Draft, choices: ChoicesPage): AskForm | null {
  const { giver, receiver, commodity, category, purpose, quantity } = draft
  if (giver === null || receiver === null || purpose === null) return null
  if (commodity === null && category === null) return null
  const unit = unitOf(draft, choices)
  const isPush = draft.action === 'push'
  const saysEvent =
    draft.hours !== null || draft.intensity !== null || draft.alert !== null || draft.unreachable
  return {
    agreement: draft.agreement,
    giver,
    receiver,
    action: draft.action,
    commodity,
    category: commodity === null ? category : null,
    quantity: quantity === null || unit === null ? null : `${quantity} ${unit}`,
    purpose,
    on: draft.on,
    onward_to: draft.onward,
    status: draft.status,
    mode: draft.mode,
    transit: [...draft.transit],
    requested: isPush && draft.requested,
    event:
      isPush && saysEvent
        ? {
            hours_since: draft.hours ?? 0,
            intensity: draft.intensity,
            alert: draft.alert,
            contact_lost: draft.unreachable,
          }
        : null,
    consents: consentsOf(draft)
      .filter(({ key }) => draft.consents.includes(key))
      .map(({ by, to }) => ({ by, to })),
  }
}

/** What the fields show for a question that came as a form. */
export function draftOf(form: AskForm): Draft {
  const quantity = form.quantity?.split(' ')[0]
  const event = form.event ?? null
  return {
    agreement: form.agreement ?? null,
    giver: form.giver,
    receiver: form.receiver,
    action: form.action,
    commodity: form.commodity ?? null,
    category: form.category ?? null,
    quantity: quantity === undefined ? null : Number(quantity),
    purpose: form.purpose,
    on: form.on ?? null,
    status: form.status ?? 'actual',
    onward: form.onward_to ?? null,
    transit: form.transit ?? [],
    mode: form.mode ?? null,
    requested: form.requested ?? false,
    hours: event?.hours_since ?? null,
    intensity: event?.intensity ?? null,
    alert: event?.alert ?? null,
    unreachable: event?.contact_lost ?? false,
    consents: (form.consents ?? []).map(({ by, to }) => `${by}/${to}`),
  }
}
