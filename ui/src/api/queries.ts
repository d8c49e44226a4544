import { keepPreviousData, QueryClient, queryOptions } from '@tanstack/react-query'
import { answer, api, Fault, type ReadinessRun } from './client'

/** Answers are kept until the node says that something changed (see `events.ts`). */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 60_000,
      gcTime: 600_000,
      networkMode: 'always',
      // A lost link mends itself; every other failure is told at once.
      retry: (failures, fault) => failures < 2 && fault instanceof Fault && fault.side === 'link',
      retryDelay: 600,
    },
    mutations: { networkMode: 'always' },
  },
})

export const nodeQuery = queryOptions({
  queryKey: ['node'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/node', { signal })),
})

export const casesQuery = queryOptions({
  queryKey: ['cases'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/cases', { signal })),
})

export const neighboursQuery = queryOptions({
  queryKey: ['neighbours'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/neighbours', { signal })),
  // Silence makes no event, so this page asks again by itself.
  refetchInterval: 15_000,
})

export const doctorQuery = queryOptions({
  queryKey: ['doctor'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/doctor', { signal })),
  // Clocks, disks and silence make no event, so every page asks again by itself.
  refetchInterval: 30_000,
})

export const agreementsQuery = queryOptions({
  queryKey: ['agreements'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/agreements', { signal })),
})

/** Personal data are asked for when somebody wants to see them, and not kept after that. */
export const personalQuery = (id: string) =>
  queryOptions({
    queryKey: ['personal', id],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/acts/{id}/personal', { params: { path: { id } }, signal })),
    staleTime: 0,
    gcTime: 0,
  })

export interface MapQuestion {
  party: string[]
  on?: string
  purpose?: string
  status?: string
}

export const mapQuery = (query: MapQuestion) =>
  queryOptions({
    queryKey: ['map', query],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/agreements/map', { params: { query }, signal })),
    // While another map is drawn the one before stays.
    placeholderData: keepPreviousData,
  })

export const choicesQuery = queryOptions({
  queryKey: ['choices'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/choices', { signal })),
})

export const situationQuery = (id: string | undefined) =>
  queryOptions({
    queryKey: ['situation', id],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/situation', {
          params: { query: id === undefined ? {} : { case: id } },
          signal,
        }),
      ),
  })

export const planQuery = (id: string | undefined, fresh: boolean) =>
  queryOptions({
    queryKey: ['plan', id, fresh],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/plan', {
          params: {
            query: { ...(id === undefined ? {} : { case: id }), ...(fresh ? { fresh: 'true' } : {}) },
          },
          signal,
        }),
      ),
  })

/** How often a run under way is looked at, and how often for a new one. */
const RUN_MS = { underWay: 5_000, idle: 30_000 }

export const readinessQuery = (run: string | undefined) =>
  queryOptions({
    queryKey: ['readiness', run],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/readiness', { params: { query: run === undefined ? {} : { run } }, signal }),
      ),
    // A run makes files and no event, so this page asks again by itself.
    refetchInterval: ({ state }) =>
      state.data?.runs.some(isUnderWay) === true ? RUN_MS.underWay : RUN_MS.idle,
    // While another run is read the one before stays.
    placeholderData: keepPreviousData,
  })

/** Whether a run may still get its tables: one that does not read never will. */
export function isUnderWay({ complete, fault }: Pick<ReadinessRun, 'complete' | 'fault'>): boolean {
  return !complete && fault == null
}

export const caseQuery = (id: string) =>
  queryOptions({
    queryKey: ['case', id],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/cases/{id}', { params: { path: { id } }, signal })),
  })

export const reportQuery = (id: string) =>
  queryOptions({
    queryKey: ['report', id],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/cases/{id}/report', { params: { path: { id } }, signal })),
  })

export const agreementQuery = (id: string) =>
  queryOptions({
    queryKey: ['agreement', id],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/agreements/{id}', { params: { path: { id } }, signal })),
  })

export const lifeQuery = (id: string) =>
  queryOptions({
    queryKey: ['life', id],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/agreements/{id}/life', { params: { path: { id } }, signal })),
  })

/** Two texts of an agreement to compare: drafts of one matter, by their numbers. */
export interface Compared {
  id: string
  matter: string
  /** The older one; when absent, the text that this node had before the first. */
  from: number | undefined
  to: number
}

export const diffQuery = ({ id, matter, from, to }: Compared) =>
  queryOptions({
    queryKey: ['diff', id, matter, from, to],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/v1/agreements/{id}/diff', {
          params: {
            path: { id },
            query: { matter, to: String(to), ...(from === undefined ? {} : { from: String(from) }) },
          },
          signal,
        }),
      ),
  })
