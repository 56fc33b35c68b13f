import { Component, type ReactNode } from 'react';
import { useWords } from '../intl/words.tsx';
import { ErrorState } from '../ui/state.tsx';

/**
 * What is shown when a surface breaks or its code cannot be fetched (no line, or a newer version was rolled out):
 * the navigation stays, the rest can be loaded again.
 */
export class Failure extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };
  static getDerivedStateFromError() {
    return { broken: true };
  }
  override render() {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}

function Broken() {
  const { say } = useWords();
  return (
    <ErrorState title={say('shell.broken.title')} onRetry={() => location.reload()}>
      <p>{say(navigator.onLine ? 'shell.broken.text' : 'shell.broken.offline')}</p>
    </ErrorState>
  );
}
