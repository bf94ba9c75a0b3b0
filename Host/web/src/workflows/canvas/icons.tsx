import {
  ApartmentOutlined, ApiOutlined, AuditOutlined, CarryOutOutlined, ClockCircleOutlined, EditOutlined, ForkOutlined, FunnelPlotOutlined,
  HourglassOutlined, MessageOutlined, NodeIndexOutlined, PartitionOutlined, RetweetOutlined, ShoppingOutlined, StopOutlined, ThunderboltOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'
import type { Words } from '../words/context'

const byKind: Record<string, ReactNode> = {
  task: <CarryOutOutlined />, approval: <AuditOutlined />, branch: <ForkOutlined rotate={180} />, parallel: <PartitionOutlined rotate={90} />,
  wait: <ClockCircleOutlined />, waitFor: <HourglassOutlined />, forEach: <RetweetOutlined />, repeat: <RetweetOutlined />,
  call: <ApartmentOutlined />, end: <StopOutlined />,
}
const byGroup: Record<string, ReactNode> = {
  people: <CarryOutOutlined />, records: <EditOutlined />, messages: <MessageOutlined />, outside: <ApiOutlined />, leads: <FunnelPlotOutlined />,
  sales: <ShoppingOutlined />, control: <NodeIndexOutlined />,
}
const hues: Record<string, string> = {
  task: 'people', approval: 'approval', branch: 'control', parallel: 'control', wait: 'wait', waitFor: 'wait', forEach: 'control',
  repeat: 'control', call: 'control', end: 'end',
}

export const stepIcon = (kind: string, words: Words): ReactNode => byKind[kind] ?? byGroup[words.step(kind)?.group ?? ''] ?? <ThunderboltOutlined />
/** Names the colour of a kind in flow.css. */
export const stepHue = (kind: string, words: Words): string => hues[kind] ?? words.step(kind)?.group ?? 'records'
