using Crm.Marketing.Campaigns;
using Crm.Marketing.Mailing;
using Crm.Marketing.Segments;
using Crm.Marketing.Tags;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Records;
using Crm.Shared.Work;
using Crm.Workflows.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Marketing;

/// <summary>Composes the module: campaigns, segments, tags, mail templates.</summary>
public static class MarketingSetup
{
    public static IServiceCollection AddMarketing(this IServiceCollection services)
    {
        services.AddSingleton<IRecordTypes, MarketingTypes>().AddSingleton<IPermissions, MarketingPermissions>();
        services.AddSingleton<SegmentBook>().AddSingleton<IRefreshable>(p => p.GetRequiredService<SegmentBook>());
        services.AddScoped<Members>().AddScoped<Matching>().AddScoped<SegmentView>();
        services.AddScoped<IRecordRule, SegmentRule>().AddScoped<IRecordRule, CampaignRule>().AddScoped<IRecordRule, TagRule>().AddScoped<IRecordRule, MailTemplateRule>();
        services.AddScoped<IWorkHandler, Recount>();
        services.AddSingleton<IStep, AddToSegmentStep>().AddSingleton<IStep, RemoveFromSegmentStep>().AddSingleton<IStep, EnrolStep>().AddSingleton<IStep, LeaveCampaignStep>();
        foreach (var type in TagOptions.Tagged) services.AddSingleton<IFieldOptions>(new TagOptions(type));
        return services;
    }

    /// <param name="api">The group <c>/api/v1</c>.</param>
    public static void MapMarketing(this IEndpointRouteBuilder api) => api.MapGroup("/segments").WithTags("segments").MapMembers();
}
