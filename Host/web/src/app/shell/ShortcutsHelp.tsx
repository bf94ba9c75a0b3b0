import { Modal } from 'antd'
import { t } from '@/texts'

const shortcuts = [
  ['/', 'keySearch'], ['c', 'keyCreate'], ['e', 'keyEdit'], ['j / k', 'keyMove'], ['Enter', 'keyOpen'], ['Esc', 'keyClose'], ['1 … 9', 'keyOutcome'], ['a / r', 'keyApprove'], ['s', 'keySnooze'], ['h', 'keyHandOver'], ['x', 'keySelect'], ['Ctrl + Enter', 'keySave'], ['?', 'keyHelp'],
] as const

export default function ShortcutsHelp({ close }: { close: () => void }) {
  return (
    <Modal open title={t('app.shortcuts')} footer={null} onCancel={close} width={420}>
      <dl className="shortcuts">
        {shortcuts.map(([key, text]) => <div key={key}><dt><kbd>{key}</kbd></dt><dd>{t(`app.${text}`)}</dd></div>)}
      </dl>
    </Modal>
  )
}
