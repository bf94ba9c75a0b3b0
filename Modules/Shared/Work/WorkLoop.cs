using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crm.Shared.Work;

/// <summary>Keeps a host working: one loop for the inside lanes, one for the outside.</summary>
public sealed class WorkLoop(WorkRunner runner, WorkSignal signal, TimeProvider time, ILogger<WorkLoop> log) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);
    // Who comes first is served at once; who follows closely waits this long at most and shares a commit.
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(20);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        Task.Run(() => LoopAsync(Lane.Normal, runner.RunInsideAsync, stoppingToken), stoppingToken),
        Task.Run(() => LoopAsync(Lane.Outside, runner.RunOutsideAsync, stoppingToken), stoppingToken));

    private async Task LoopAsync(Lane lane, Func<CancellationToken, Task<int>> round, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                var began = time.GetTimestamp();
                var taken = await round(ct);
                if (taken == 0) await signal.WaitAsync(lane, Poll, ct);
                if (taken < WorkRunner.Batch && Apart - time.GetElapsedTime(began) is { Ticks: > 0 } left) await Task.Delay(left, ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception why)
            {
                // The database may be away for a while; work waits for it, the host goes on.
                log.LogError(why, "The work loop could not run; it tries again");
                await signal.WaitAsync(lane, TimeSpan.FromSeconds(2), ct);
            }
        }
    }
}
