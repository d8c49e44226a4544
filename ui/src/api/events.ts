import { useEffect, useState } from 'react'
import { type Change, changeOf, refresh } from './change'

const STREAM = '/api/v1/events'
const CHANNEL = 'pumasi-events'
/** Acts arrive in bursts; one refresh serves a burst. */
const GATHER_MS = 700
/** How long to wait before asking again for a stream that was refused. */
const REOPEN_MS = 5000

/** Whether changes arrive by themselves: not known yet, yes, or broken off. */
export type Live = 'connecting' | 'live' | 'broken'

/**
 * Listens for changes and refreshes what is shown.
 *
 * A browser opens few connections to one host over HTTP/1.1, so only one tab holds the stream and
 * tells the others. The browser itself resumes with `Last-Event-ID`.
 */
export function useChanges(): Live {
  const [live, setLive] = useState<Live>('connecting')
  useEffect(() => {
    const gather = gatherer(refresh)
    const channel = new BroadcastChannel(CHANNEL)
    const ended = new AbortController()
    // What the tab that holds the stream last told; null in every other tab.
    let told: Live | null = null
    channel.onmessage = ({ data }: MessageEvent<Live | Change | 'asking'>) => {
      if (data === 'acts' || data === 'neighbours') gather.add(data)
      else if (data !== 'asking') setLive(data)
      else if (told !== null) channel.postMessage(told)
    }
    channel.postMessage('asking')
    const tell = (state: Live) => {
      told = state
      setLive(state)
      channel.postMessage(state)
    }
    const changed = (change: Change) => {
      gather.add(change)
      channel.postMessage(change)
    }
    hold(ended.signal, () => openStream(tell, changed, ended.signal))
    return () => {
      ended.abort()
      gather.stop()
      channel.close()
    }
  }, [])
  return live
}

/** Runs `open` in one tab at a time, where the browser can tell tabs apart. */
function hold(signal: AbortSignal, open: () => Promise<void>): void {
  // Locks exist in secure contexts only; over plain HTTP every tab has its own stream.
  if (!('locks' in navigator)) {
    void open()
    return
  }
  navigator.locks.request(CHANNEL, { signal }, open).catch(() => undefined)
}

function openStream(
  tell: (state: Live) => void,
  changed: (change: Change) => void,
  signal: AbortSignal,
): Promise<void> {
  return new Promise(resolve => {
    let stream: EventSource
    let timer: number | undefined
    let last: string | null = null
    const open = () => {
      stream = new EventSource(STREAM)
      stream.onopen = () => tell('live')
      stream.onmessage = ({ data }: MessageEvent<string>) => {
        // The first event says where the node stands; the page has asked for all that already.
        const change = last === null ? null : changeOf(last, data)
        last = data
        if (change !== null) changed(change)
      }
      stream.onerror = () => {
        tell('broken')
        // The browser tries again by itself, except after a refusal.
        if (stream.readyState === EventSource.CLOSED) timer = window.setTimeout(open, REOPEN_MS)
      }
    }
    open()
    signal.addEventListener('abort', () => {
      window.clearTimeout(timer)
      stream.close()
      resolve()
    })
  })
}

function gatherer(act: (changes: ReadonlySet<Change>) => void) {
  let timer: number | undefined
  let gathered = new Set<Change>()
  return {
    add: (change: Change) => {
      gathered.add(change)
      timer ??= window.setTimeout(() => {
        timer = undefined
        const changes = gathered
        gathered = new Set()
        act(changes)
      }, GATHER_MS)
    },
    stop: () => window.clearTimeout(timer),
  }
}
