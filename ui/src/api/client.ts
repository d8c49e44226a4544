import createClient from 'openapi-fetch'
import type { components, paths } from '../api.d'

type Schemas = components['schemas']

export type ActLine = Schemas['ActLine']
export type AgreementLine = Schemas['AgreementLine']
export type AgreementPage = Schemas['AgreementPage']
export type AlternativeLine = Schemas['AlternativeLine']
export type AskAnswer = Schemas['AskAnswer']
export type AskForm = Schemas['AskForm']
export type CaseLine = Schemas['CaseLine']
export type CasePage = Schemas['CasePage']
export type ChoicesPage = Schemas['ChoicesPage']
export type ClauseDetail = Schemas['ClauseDetail']
export type ClauseDiff = Schemas['ClauseDiff']
export type ClauseLine = Schemas['ClauseLine']
export type DecidingClause = Schemas['DecidingClause']
export type DiffPage = Schemas['DiffPage']
export type EstimateMove = Schemas['EstimateMove']
export type EventLine = Schemas['EventLine']
export type FieldDiff = Schemas['FieldDiff']
export type DoctorPage = Schemas['DoctorPage']
export type FindingLine = Schemas['FindingLine']
export type FlowLine = Schemas['FlowLine']
export type LifeEvent = Schemas['LifeEvent']
export type LifeLine = Schemas['LifeLine']
export type LifePage = Schemas['LifePage']
export type LinkLine = Schemas['LinkLine']
export type GapLine = Schemas['GapLine']
export type LapseLine = Schemas['LapseLine']
export type MapCellLine = Schemas['MapCellLine']
export type MapPage = Schemas['MapPage']
export type MapPoint = Schemas['MapPoint']
export type MessageLine = Schemas['MessageLine']
export type MissingLine = Schemas['MissingLine']
export type NeedTotal = Schemas['NeedTotal']
export type NeighbourLine = Schemas['NeighbourLine']
export type NodePage = Schemas['NodePage']
export type NoticeLine = Schemas['NoticeLine']
export type ObligationLine = Schemas['ObligationLine']
export type OfferLine = Schemas['OfferLine']
export type OrderLine = Schemas['OrderLine']
export type OutlineLine = Schemas['OutlineLine']
export type PartyName = Schemas['PartyName']
export type PeopleTotal = Schemas['PeopleTotal']
export type PersonalLine = Schemas['PersonalLine']
export type PlanFlow = Schemas['PlanFlow']
export type LoadLine = Schemas['LoadLine']
export type LoadingLine = Schemas['LoadingLine']
export type PlanPage = Schemas['PlanPage']
export type PlanUnmet = Schemas['PlanUnmet']
export type BindLine = Schemas['BindLine']
export type NextLine = Schemas['NextLine']
export type MoveChange = Schemas['MoveChange']
export type Interval = Schemas['Interval']
export type ReadinessChange = Schemas['ReadinessChange']
export type ReadinessCut = Schemas['ReadinessCut']
export type ReadinessDependence = Schemas['ReadinessDependence']
export type ReadinessDots = Schemas['ReadinessDots']
export type ReadinessDrill = Schemas['ReadinessDrill']
export type ReadinessFile = Schemas['ReadinessFile']
export type ReadinessJob = Schemas['ReadinessJob']
export type ReadinessPage = Schemas['ReadinessPage']
export type ReadinessPlace = Schemas['ReadinessPlace']
export type ReadinessReport = Schemas['ReadinessReport']
export type ReadinessRun = Schemas['ReadinessRun']
export type ReadinessSite = Schemas['ReadinessSite']
export type ReadinessStep = Schemas['ReadinessStep']
export type ReadinessSubstitute = Schemas['ReadinessSubstitute']
export type ReadinessUnmet = Schemas['ReadinessUnmet']
export type PlaceLine = Schemas['PlaceLine']
export type Problem = Schemas['Problem']
export type RefusalLine = Schemas['RefusalLine']
export type RelationLine = Schemas['RelationLine']
export type ReportPage = Schemas['ReportPage']
export type RequestLine = Schemas['RequestLine']
export type SettlementWay = Schemas['SettlementWay']
export type SharedMatterReport = Schemas['SharedMatterReport']
export type SignatureLine = Schemas['SignatureLine']
export type SituationLine = Schemas['SituationLine']
export type SituationPage = Schemas['SituationPage']
export type Spread = Schemas['Spread']
export type StandingLine = Schemas['StandingLine']
export type StepAnswer = Schemas['StepAnswer']
export type StepForm = Schemas['StepForm']
export type StepLine = Schemas['StepLine']
export type SuspensionLine = Schemas['SuspensionLine']
export type UnmetSeries = Schemas['UnmetSeries']
export type VersionLine = Schemas['VersionLine']

/**
 * Which side failed.
 *
 * - `link`: this browser did not reach the node.
 * - `session`: the node does not know this browser any more.
 * - `absent`: the node has nothing under that id.
 * - `form`: the node could not use what was sent.
 * - `neighbour`: another party's node did not answer ours.
 * - `ours`: our own node failed.
 */
export type Side = 'link' | 'session' | 'absent' | 'form' | 'neighbour' | 'ours'

/** A call that brought no answer. */
export class Fault extends Error {
  override readonly name = 'Fault'
  constructor(
    readonly side: Side,
    /** What the node said about it, when it said anything. */
    readonly problem?: Problem,
  ) {
    super(problem?.code ?? side)
  }
}

/** Tells the failing side from the HTTP status. */
export function sideOf(status: number): Side {
  if (status === 401 || status === 403) return 'session'
  if (status === 404) return 'absent'
  if (status === 502 || status === 504) return 'neighbour'
  return status < 500 ? 'form' : 'ours'
}

/** The one typed client of the API; same origin, session cookie. */
export const api = createClient<paths>({
  baseUrl: typeof window === 'undefined' ? '' : window.location.origin,
  credentials: 'same-origin',
})

interface Reply<T> {
  data?: T
  error?: unknown
  response: Response
}

/**
 * Waits for a reply and gives its data.
 *
 * @throws Fault naming the failing side.
 */
export async function answer<T>(call: Promise<Reply<T>>): Promise<T> {
  let reply: Reply<T>
  try {
    reply = await call
  } catch {
    throw new Fault('link')
  }
  if (reply.data !== undefined) return reply.data
  throw new Fault(sideOf(reply.response.status), isProblem(reply.error) ? reply.error : undefined)
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'code' in value && 'words' in value
}
