import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import type { NodePage } from '../api/client'
import { nodeQuery } from '../api/queries'
import { Answer } from '../parts/answer'
import { Pane } from '../parts/dialog'
import { To } from '../parts/to'
import { useWords } from '../words/words'
import { ableTo, signersNeeded } from './officers'
import { type Outline, outlineOf } from './outline'
import { StepPane } from './step-pane'

interface ProposeProps {
  /** The text to propose, where this node has it; a file is asked for when absent. */
  known?: Outline | undefined
}

/** Proposes an agreement to its parties: a text, whom it binds, who reads along, who signs. */
export function Propose({ known }: ProposeProps) {
  const { t } = useWords()
  const [open, setOpen] = useState(false)
  const node = useQuery(nodeQuery)
  const close = () => setOpen(false)
  const title = t(known === undefined ? 'propose' : 'propose-known')
  return (
    <>
      <Button className="button" onPress={() => setOpen(true)}>
        {title}
      </Button>
      {open ? (
        <Pane title={title} onClose={close}>
          <Answer query={node}>{page => <Proposal node={page} known={known} close={close} />}</Answer>
        </Pane>
      ) : null}
    </>
  )
}

interface ProposalProps extends ProposeProps {
  node: NodePage
  close: () => void
}

function Proposal({ node, known, close }: ProposalProps) {
  const { t } = useWords()
  // A proposal opens a matter and lays the first draft down: the same officers sign both.
  const able = ableTo(ableTo(node.officers, 'open_matter'), 'draft_agreement')
  return (
    <StepPane
      offered={{
        step: 'propose',
        agreement: known?.id ?? undefined,
        known,
        officersNeeded: signersNeeded(able, []),
      }}
      officers={able.map(({ id }) => id)}
      clauses={[]}
      about={<p className="note">{t('propose-note')}</p>}
      next={({ matter }, { text }) => {
        const id = known?.id ?? outlineOf(text).id
        if (id === null) return null
        return (
          // On the page of that life already, a link alone would leave the form open.
          <To route={{ page: 'life', id, matter }} onFollow={close}>
            {t('propose-next')}
          </To>
        )
      }}
    />
  )
}
