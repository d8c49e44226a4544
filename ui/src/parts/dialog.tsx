import type { ReactNode } from 'react'
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { useWords } from '../words/words'

interface PaneProps {
  title: string
  /** The CAP status of what is done here; anything but actual is said above the title. */
  status?: string | undefined
  onClose: () => void
  children: ReactNode
}

/** A form over the page. A click beside it does not close it, so nothing typed is lost. */
export function Pane({ title, status = 'actual', onClose, children }: PaneProps) {
  const { t } = useWords()
  return (
    <ModalOverlay
      className="pane-ground"
      isOpen
      onOpenChange={open => {
        if (!open) onClose()
      }}
    >
      <Modal className="pane">
        <Dialog className="pane-dialog">
          {status === 'exercise' || status === 'test' ? (
            <p className="exercise exercise-line">
              <strong className="exercise-words">{t(`banner-${status}`)}</strong>
            </p>
          ) : null}
          <div className="pane-head">
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            <Button className="button button-quiet" slot="close">
              {t('close')}
            </Button>
          </div>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
