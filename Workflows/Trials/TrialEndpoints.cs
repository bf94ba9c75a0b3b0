using Crm.Shared.Data;
using Crm.Workflows.Trials.Replays;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Crm.Workflows.Trials;

internal static class TrialEndpoints
{
    public static void MapTrials(this IEndpointRouteBuilder api)
    {
        var sops = api.MapGroup("/sops").WithTags("SOPs");
        sops.MapPost("/{key}/trial", (string key, TrialBody body, Trial trial, CancellationToken ct) => trial.RunAsync(key, body, ct)).WithMetadata(new ManyTransactions());
        api.MapReplays();
    }
}
