import { Modal } from 'antd'
import { t, type TextKey } from '@/texts'

const keys: [keys: string, what: TextKey][] = [
  ['← ↑ → ↓', 'designer.keyArrows'], ['Enter', 'designer.keyEnter'], ['Esc', 'designer.keyEscape'], ['+', 'designer.keyInsert'], ['Delete', 'designer.keyDelete'],
  ['Shift ↑ / Shift ↓', 'designer.keyExtend'], ['Alt ↑ / Alt ↓', 'designer.keyMove'], ['Ctrl C / X / V', 'designer.keyClipboard'], ['Ctrl D', 'designer.keyDuplicate'], ['Ctrl Z / Ctrl Y', 'designer.keyUndo'], ['Ctrl S', 'designer.keySave'], ['?', 'designer.keyHelp'],
]

export const KeysHelp = ({ close }: { close: () => void }) => (
  <Modal open title={t('designer.keys')} footer={null} onCancel={close} width={520}>
    <dl className="keys">
      {keys.map(([key, what]) => [<dt key={key}><kbd>{key}</kbd></dt>, <dd key={what}>{t(what)}</dd>])}
    </dl>
  </Modal>
)
