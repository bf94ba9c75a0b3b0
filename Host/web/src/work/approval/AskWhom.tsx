import { Modal, Segmented, Select } from 'antd'
import { useState } from 'react'
import { ReferenceSelect } from '@/records/fields/ReferenceSelect'
import { label, t } from '@/texts'
import type { Approval } from '../types'

export type Asked = 'return' | 'transfer' | 'delegate' | 'addSigner'
type Whom = { to?: string; stage?: string; before?: boolean }
type Props = { approval: Approval; asking: Asked; busy: boolean; send: (whom: Whom) => void; close: () => void }

/** To which stage an approval goes back, or to whom it goes on. */
export function AskWhom({ approval, asking, busy, send, close }: Props) {
  const [target, setTarget] = useState<string | null>(asking === 'return' ? 'initiator' : null)
  const [before, setBefore] = useState(true)
  const current = approval.stages.findIndex(stage => stage.state === 'open')
  const earlier = approval.stages.slice(0, Math.max(current, 0)).filter(stage => stage.state === 'approved')
  const go = () => {
    if (target) send(asking === 'return' ? { stage: target } : { to: target, ...(asking === 'addSigner' ? { before } : {}) })
  }
  return (
    <Modal
      open
      title={asking === 'return' ? t('work.returnTitle') : t(`work.${asking}`)}
      okText={t(`work.${asking}`)}
      okButtonProps={{ disabled: !target, loading: busy }}
      onCancel={close}
      onOk={go}
    >
      {asking === 'return' ? (
        <Select
          aria-label={t('work.returnTitle')}
          value={target}
          onChange={setTarget}
          style={{ width: '100%' }}
          options={[
            { value: 'initiator', label: t('work.toInitiator', { name: approval.initiator.name }) },
            ...earlier.map(stage => ({ value: stage.key, label: label(stage.label) || stage.key })),
          ]}
        />
      ) : (
        <>
          <p className="muted">{t(`work.${asking}Text`)}</p>
          {asking === 'addSigner' && (
            <Segmented
              block
              value={before ? 'before' : 'after'}
              onChange={next => setBefore(next === 'before')}
              options={[{ value: 'before', label: t('work.signBefore') }, { value: 'after', label: t('work.signAfter') }]}
              style={{ marginBottom: 12 }}
            />
          )}
          <ReferenceSelect field={{ references: 'user', label: t('work.toWhom') }} value={target} onChange={next => setTarget(next as string | null)} />
        </>
      )}
    </Modal>
  )
}
