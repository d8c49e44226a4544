import type { Lang } from './words/language'

/** An exact amount, as the API sends it: thousandths of a unit. */
export interface Amount {
  milli: number
  unit: string
}

/** Says a message; the part of `Words` that formatting needs. */
export type Say = (id: string, values?: Record<string, string | number>) => string

/** A number in the reader's digits and separators. */
export function number(value: number, locale: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 3 }).format(value)
}

/** A difference, with its sign: `+1,200`, `-30`, `0`. */
export function difference(value: number, locale: string): string {
  return new Intl.NumberFormat(locale, { signDisplay: 'exceptZero' }).format(value)
}

/**
 * Millionths as percent, with as many digits as tell something: one from ten percent on, two from
 * one, four below, as the command line has them; so a figure reads the same on either.
 */
export function percent(ppm: number, locale: string): string {
  const size = Math.abs(ppm)
  const digits = size === 0 ? 0 : size >= 100_000 ? 1 : size >= 10_000 ? 2 : 4
  const unit = 10 ** (4 - digits)
  // Halves round away from zero.
  const rounded = Math.sign(ppm) * Math.round(size / unit) * unit
  return new Intl.NumberFormat(locale, {
    style: 'percent',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(rounded / 1e6)
}

/** A figure with one digit after the point below a hundred, and none from there on. */
export function tenths(value: number, locale: string): string {
  const rounded = Math.round(value * 10) / 10
  const digits = rounded >= 100 ? 0 : 1
  return new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(rounded)
}

/** Sentences one after the other: the full stop of Japanese and Chinese brings its own room. */
export function sentences(said: readonly string[], lang: Lang): string {
  return said.join(lang === 'ja' || lang === 'zh-Hans' ? '' : ' ')
}

/** The name of a language in the reader's own: `Japanese` of `ja`; the tag where it is none. */
export function languageName(tag: string, locale: string): string {
  try {
    // The country it is written in does not matter to the reader; the script does.
    const { language, script } = new Intl.Locale(tag)
    const known = script === undefined ? language : `${language}-${script}`
    return new Intl.DisplayNames([locale], { type: 'language' }).of(known) ?? tag
  } catch {
    return tag
  }
}

/** An amount with its unit: `1,200.5 L`. */
export function amount({ milli, unit }: Amount, locale: string, t: Say): string {
  return units(milli / 1000, unit, locale, t)
}

/** Whole units with their unit: `12,000 L`. */
export function units(value: number, unit: string, locale: string, t: Say): string {
  const shown = number(value, locale)
  return UNIT_CODES.has(unit) ? t(`unit-${unit.toLowerCase()}`, { amount: shown }) : `${shown} ${unit}`
}

const UNIT_CODES = new Set(['EA', 'LTR', 'KGM', 'DAY', 'KWH'])

/** Kilograms as tonnes from one tonne on. */
export function mass(kilograms: number, locale: string, t: Say): string {
  return kilograms < 1000
    ? t('unit-kgm', { amount: number(kilograms, locale) })
    : t('unit-tonne', { amount: number(Math.round(kilograms / 100) / 10, locale) })
}

/** A sum of money in its currency, with the decimals ISO 4217 gives it. */
export function money(sum: { minor: number; currency: string }, locale: string): string {
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: sum.currency,
    currencyDisplay: 'code',
  })
  const decimals = format.resolvedOptions().maximumFractionDigits ?? 0
  return format.format(sum.minor / 10 ** decimals)
}

interface Zone {
  label: string
  timeZone: string
}

const JST: Zone = { label: 'JST', timeZone: 'Asia/Tokyo' }
const KST: Zone = { label: 'KST', timeZone: 'Asia/Seoul' }
const CST: Zone = { label: 'CST', timeZone: 'Asia/Shanghai' }

/** The reader's zone first. */
const ZONES: Readonly<Record<Lang, readonly [Zone, ...Zone[]]>> = {
  ko: [KST, JST, CST],
  ja: [JST, KST, CST],
  'zh-Hans': [CST, JST, KST],
  en: [JST, KST, CST],
}

/** An instant on the reader's clock and on the neighbours' clocks. */
export interface Clocks {
  /** The date in the reader's zone. */
  date: string
  /** The time in the reader's zone, with the zone: `16:10 JST`. */
  own: string
  /** The times in the other zones: `16:10 KST · 15:10 CST`. */
  others: string
}

/** Reads an RFC 3339 instant on three clocks; null when it is none. */
export function clocks(instant: string, lang: Lang, locale: string): Clocks | null {
  const at = new Date(instant)
  if (Number.isNaN(at.getTime())) return null
  const [own, ...others] = ZONES[lang]
  const clock = ({ label, timeZone }: Zone) => {
    const time = new Intl.DateTimeFormat(locale, {
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZone,
    }).format(at)
    return `${time} ${label}`
  }
  const date = new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    timeZone: own.timeZone,
  }).format(at)
  return { date, own: clock(own), others: others.map(clock).join(' · ') }
}

/** The day and the time of an instant on the reader's clock, short: `1/2, 05:00`. */
export function dayAndTime(instant: string, lang: Lang, locale: string): string {
  const at = new Date(instant)
  if (Number.isNaN(at.getTime())) return instant
  return new Intl.DateTimeFormat(locale, {
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: ZONES[lang][0].timeZone,
  }).format(at)
}

/** A civil date (`2024-01-01`) in the reader's form. */
export function civilDate(date: string, locale: string): string {
  const at = new Date(`${date}T00:00:00Z`)
  return Number.isNaN(at.getTime())
    ? date
    : new Intl.DateTimeFormat(locale, {
        year: 'numeric',
        month: 'short',
        day: 'numeric',
        timeZone: 'UTC',
      }).format(at)
}

/** Minutes as days, hours and minutes: the two largest that say something. */
export function duration(minutes: number, t: Say): string {
  const days = Math.floor(minutes / 1440)
  const hours = Math.floor((minutes % 1440) / 60)
  const rest = Math.round(minutes % 60)
  if (days > 0) return t('duration-days', { days, hours })
  if (hours > 0) return t('duration-hours', { hours, minutes: rest })
  return t('duration-minutes', { minutes: rest })
}

/** The first eight digits of a digest or act id, for people. */
export function short(id: string): string {
  return id.length > 12 ? id.slice(0, 8) : id
}

/** A digest in groups of four digits, as people read it out to one another. */
export function inFours(digest: string): string[] {
  return digest.match(/.{1,4}/gu) ?? []
}
