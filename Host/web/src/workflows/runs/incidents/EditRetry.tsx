import { Modal } from 'antd'
import { useState } from 'react'
import { isProblem } from '@/api/problem'
import { explain } from '@/app/feedback'
import { t } from '@/texts'
import { Members } from '../../design/inputs/InputControl'
import { EditedStep } from '../../design/inputs/editedStep'
import '../../design/design.css'
import { DesignWords } from '../../design/words'
import type { Inputs, Step } from '../../definition/sop'
import type { Words } from '../../words/context'
import { stepName } from '../../words/names'

type Props = { step: Step; words: Words; given?: Inputs; n?: number; busy: boolean; error: unknown; refused?: string[]; close: () => void; retry: (inputs: Inputs) => void }

/** Corrects the inputs of a step for these runs alone; the server checks them as it checks the SOP's. */
export function EditRetry({ step, words, given, n = 1, busy, error, refused = [], close, retry }: Props) {
  const before = { ...step.inputs, ...given }
  const [inputs, setInputs] = useState<Inputs>(before)
  const changed = Object.fromEntries(Object.entries(inputs).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(step.inputs?.[key])))
  const wrong = error == null ? refused : isProblem(error) && error.errors.length > 0 ? error.errors.map(one => one.message) : [explain(error)]
  return (
    <Modal
      open
      width={640}
      title={t('watch.editTitle')}
      okText={n > 1 ? `${t('workflows.retry')} · ${n}` : t('workflows.retry')}
      okButtonProps={{ disabled: Object.keys(changed).length === 0 }}
      confirmLoading={busy}
      onOk={() => retry(changed)}
      onCancel={close}
    >
      <DesignWords value={words}>
        <EditedStep value={step}>
          <p className="muted">{stepName(step, words)} · {t('watch.editHint')}</p>
          {wrong.length > 0 && <div role="alert">{wrong.map((text, i) => <p key={i} className="problem-error">{text}</p>)}</div>}
          <div className="design-body"><Members items={words.step(step.kind)?.inputs ?? []} value={inputs} onChange={setInputs} /></div>
        </EditedStep>
      </DesignWords>
    </Modal>
  )
}
