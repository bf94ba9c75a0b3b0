import { Modal, Segmented, Select } from 'antd'
import { useState } from 'react'
import { ReferenceSelect } from '@/records/fields/ReferenceSelect'
import { label, t } from '@/texts'
import type { Approval } from '../types'

export type Asked = 'return' | 'transfer' | 'delegate' | 'addSigner' | 'copy'
type Whom = { to?: string; users?: string[]; stage?: string; before?: boolean }
type Props = { approval: Approval; asking: Asked; busy: boolean; send: (whom: Whom) => void; close: () => void }

/** To which stage an approval goes back, or to whom it goes on. */
export function AskWhom({ approval, asking, busy, send, close }: Props) {
  const [target, setTarget] = useState<string | null>(asking === 'return' ? 'initiator' : null)
  const [users, setUsers] = useState<string[]>([])
  const [before, setBefore] = useState(true)
  const go = () => {
    if (asking === 'copy') return send({ users })
    if (target) send(asking === 'return' ? { stage: target } : { to: target, ...(asking === 'addSigner' ? { before } : {}) })
  }
  return (
    <Modal
      open
      title={asking === 'return' ? t('work.returnTitle') : t(`work.${asking}`)}
      okText={t(`work.${asking}`)}
      okButtonProps={{ disabled: asking === 'copy' ? users.length === 0 : !target, loading: busy }}
      onCancel={close}
      onOk={go}
    >
      {asking === 'return' ? <Back approval={approval} target={target} choose={setTarget} /> : (
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
          {asking === 'copy'
            ? <ReferenceSelect many field={{ references: 'user', label: t('work.toWhom') }} value={users} onChange={next => setUsers((next as string[] | null) ?? [])} />
            : <ReferenceSelect field={{ references: 'user', label: t('work.toWhom') }} value={target} onChange={next => setTarget(next as string | null)} />}
        </>
      )}
    </Modal>
  )
}

/** The initiator, the stage before, or any earlier one; and what comes after that. */
function Back({ approval, target, choose }: { approval: Approval; target: string | null; choose: (target: string) => void }) {
  const current = approval.stages.findIndex(stage => stage.state === 'open')
  const earlier = approval.stages.slice(0, Math.max(current, 0)).filter(stage => stage.state === 'approved')
  const previous = earlier.at(-1)
  return (
    <>
      <Select
        aria-label={t('work.returnTitle')}
        value={target}
        onChange={choose}
        style={{ width: '100%' }}
        options={[
          { value: 'initiator', label: t('work.toInitiator', { name: approval.initiator.name }) },
          ...(previous ? [{ value: 'previous', label: t('work.toPrevious', { name: label(previous.label) || previous.key }) }] : []),
          ...earlier.slice(0, -1).map(stage => ({ value: stage.key, label: t('work.toStage', { name: label(stage.label) || stage.key }) })),
        ]}
      />
      <p className="muted" style={{ margin: '12px 0 0' }}>{t(`work.afterReturn_${approval.afterReturn}`)}</p>
    </>
  )
}
