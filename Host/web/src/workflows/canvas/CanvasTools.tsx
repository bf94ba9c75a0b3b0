import { CompressOutlined, ExpandOutlined, FullscreenOutlined, MinusOutlined, PlusOutlined } from '@ant-design/icons'
import { Panel, useReactFlow } from '@xyflow/react'
import { Button, Space, Tooltip } from 'antd'
import type { ReactNode } from 'react'
import { t } from '@/texts'

type Props = { full: boolean; toggleFull: () => void }

export function CanvasTools({ full, toggleFull }: Props) {
  const flow = useReactFlow()
  return (
    <Panel position="bottom-left">
      <Space.Compact>
        <Tool text={t('workflows.zoomOut')} icon={<MinusOutlined />} act={() => void flow.zoomOut({ duration: 150 })} />
        <Tool text={t('workflows.zoomIn')} icon={<PlusOutlined />} act={() => void flow.zoomIn({ duration: 150 })} />
        <Tool text={t('workflows.fit')} icon={<ExpandOutlined />} act={() => void flow.fitView({ padding: 0.08, maxZoom: 1, duration: 200 })} />
        <Tool text={t(full ? 'workflows.leaveFull' : 'workflows.full')} icon={full ? <CompressOutlined /> : <FullscreenOutlined />} act={toggleFull} />
      </Space.Compact>
    </Panel>
  )
}

const Tool = ({ text, icon, act }: { text: string; icon: ReactNode; act: () => void }) => (
  <Tooltip title={text}><Button icon={icon} aria-label={text} onClick={act} /></Tooltip>
)
