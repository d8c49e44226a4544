import { useSyncExternalStore } from 'react'

/** What a question is begun with, from a link. */
export interface AskStart {
  giver?: string
  receiver?: string
  action?: string
  commodity?: string
  purpose?: string
}

const ASK_FIELDS = ['giver', 'receiver', 'action', 'commodity', 'purpose'] as const

/** A page with what it shows. Absent ids mean "the current case". */
export type Route =
  | { page: 'situation'; case?: string | undefined }
  | { page: 'plan'; case?: string | undefined; fresh?: boolean | undefined }
  | { page: 'readiness'; run?: string | undefined; commodity?: string | undefined; step?: string | undefined }
  | { page: 'case'; id?: string | undefined; order?: string | undefined }
  | { page: 'agreements'; ask?: AskStart | undefined }
  | { page: 'map'; parties: readonly string[]; on?: string | undefined; purpose?: string | undefined; status?: string | undefined }
  | { page: 'agreement'; id: string; clause?: string | undefined }
  | { page: 'life'; id: string; matter?: string | undefined }
  | { page: 'nodes' }
  | { page: 'report'; id?: string | undefined }
  | { page: 'unknown'; path: string }

/** Reads the part of an address after `#`. */
export function readRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?')
  const words = new URLSearchParams(query)
  const named = (name: string) => words.get(name) ?? undefined
  const [page = '', id, part] = path
    .split('/')
    .filter(part => part !== '')
    .map(decoded)
  switch (page) {
    case '':
    case 'situation':
      return { page: 'situation', case: named('case') }
    case 'plan':
      return { page: 'plan', case: named('case'), fresh: named('fresh') === 'true' }
    case 'readiness':
      return { page: 'readiness', run: named('run'), commodity: named('commodity'), step: named('step') }
    case 'case':
      return { page: 'case', id, order: named('order') }
    case 'agreements':
      if (id === undefined) return { page: 'agreements', ask: startOf(words) }
      if (id === 'map') {
        const [on, purpose, status] = [named('on'), named('purpose'), named('status')]
        return { page: 'map', parties: words.getAll('party'), on, purpose, status }
      }
      return part === 'life'
        ? { page: 'life', id, matter: named('matter') }
        : { page: 'agreement', id, clause: named('clause') }
    case 'nodes':
      return { page: 'nodes' }
    case 'report':
      return { page: 'report', id }
    default:
      return { page: 'unknown', path }
  }
}

/** Writes a route as an address, `#` included: the inverse of `readRoute`. */
export function writeRoute(route: Route): string {
  switch (route.page) {
    case 'situation':
      return `#/situation${query('case', route.case)}`
    case 'plan':
      return `#/plan${fields([
        ['case', route.case],
        ['fresh', route.fresh ? 'true' : undefined],
      ])}`
    case 'readiness':
      return `#/readiness${fields([
        ['run', route.run],
        ['commodity', route.commodity],
        ['step', route.step],
      ])}`
    case 'case':
      return `#/case${step(route.id)}${query('order', route.order)}`
    case 'agreements':
      return `#/agreements${fields(ASK_FIELDS.map(name => [name, route.ask?.[name]]))}`
    case 'map':
      return `#/agreements/map${fields([
        ...route.parties.map(party => ['party', party] as const),
        ['on', route.on],
        ['purpose', route.purpose],
        ['status', route.status],
      ])}`
    case 'agreement':
      return `#/agreements${step(route.id)}${query('clause', route.clause)}`
    case 'life':
      return `#/agreements${step(route.id)}/life${query('matter', route.matter)}`
    case 'nodes':
      return '#/nodes'
    case 'report':
      return `#/report${step(route.id)}`
    case 'unknown':
      return `#${route.path}`
  }
}

/** The route of the address bar; renders again when it changes. */
export function useRoute(): Route {
  return readRoute(useSyncExternalStore(onHashChange, () => window.location.hash))
}

function onHashChange(changed: () => void): () => void {
  window.addEventListener('hashchange', changed)
  return () => window.removeEventListener('hashchange', changed)
}

function step(id: string | undefined): string {
  return id === undefined ? '' : `/${encodeURIComponent(id)}`
}

function query(name: string, value: string | undefined): string {
  return value === undefined ? '' : `?${new URLSearchParams({ [name]: value }).toString()}`
}

function fields(pairs: readonly (readonly [string, string | undefined])[]): string {
  const given = pairs.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`
}

/** The beginning of a question that an address gives, if it gives any. */
function startOf(words: URLSearchParams): AskStart | undefined {
  const given = ASK_FIELDS.flatMap(name => {
    const value = words.get(name)
    return value === null ? [] : [[name, value]]
  })
  return given.length === 0 ? undefined : Object.fromEntries(given)
}

/** An address typed by hand may hold a stray `%`; it is then taken as it stands. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
