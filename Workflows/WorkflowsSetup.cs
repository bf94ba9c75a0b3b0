using System.Reflection;
using Crm.Shared.Access;
using Crm.Shared.Data;
using Crm.Shared.Messaging;
using Crm.Shared.Records;
using Crm.Shared.Settings;
using Crm.Shared.Work;
using Crm.Workflows.Contracts;
using Crm.Workflows.Definition;
using Crm.Workflows.People;
using Crm.Workflows.People.Absences;
using Crm.Workflows.People.Approvals;
using Crm.Workflows.People.Calendars;
using Crm.Workflows.People.Finding;
using Crm.Workflows.People.Tasks;
using Crm.Workflows.Runtime;
using Crm.Workflows.Runtime.Archive;
using Crm.Workflows.Runtime.Hooks;
using Crm.Workflows.Runtime.Incidents;
using Crm.Workflows.Runtime.Mailing;
using Crm.Workflows.Runtime.Migrations;
using Crm.Workflows.Runtime.Outside;
using Crm.Workflows.Runtime.Previews;
using Crm.Workflows.Runtime.Quotas;
using Crm.Workflows.Runtime.Runs;
using Crm.Workflows.Runtime.Sops;
using Crm.Workflows.Runtime.Starts;
using Crm.Workflows.Runtime.Statistics;
using Crm.Workflows.Runtime.Sweeps;
using Crm.Workflows.Steps;
using Crm.Workflows.Trials;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Workflows;

/// <summary>Composes the workflow engine.</summary>
public static class WorkflowsSetup
{
    public static Assembly Assembly => typeof(WorkflowsSetup).Assembly;

    public static IServiceCollection AddWorkflows(this IServiceCollection services)
    {
        services.AddMetrics();
        services.AddSingleton<SopPlans>().AddSingleton<SopIndex>().AddSingleton<IRefreshable>(p => p.GetRequiredService<SopIndex>()).AddSingleton<ISopNames>(p => p.GetRequiredService<SopIndex>());
        services.AddSingleton<Templates>().AddSingleton<Meters>().AddSingleton<RunHints>().AddSingleton<OutboundHttp>();
        services.AddScoped<SopsNow>().AddScoped<IShippedSops, ShippedPublishing>().AddScoped<SopBook>().AddScoped<SopCheck>();
        services.AddScoped<RunStore>().AddScoped<RunStarter>().AddScoped<Wakes>().AddScoped<Turns>().AddScoped<Answers>().AddScoped<Doings>();
        services.AddScoped<Reading>().AddScoped<Wording>().AddScoped<Moments>().AddScoped<Subscriptions>().AddScoped<TriggerFilter>().AddScoped<IncidentStore>();
        services.AddScoped<Previews>().AddScoped<SopView>().AddScoped<ButtonStart>().AddScoped<Payloads>().AddScoped<HookTokens>().AddScoped<HookCall>().AddScoped<MailTexts>().AddScoped<MailTracking>().AddScoped<RunView>().AddScoped<RunActs>().AddScoped<IncidentList>();
        services.AddSingleton<IPermissions, WorkflowPermissions>().AddScoped<IHealthPart, WorkflowHealth>().AddScoped<INumbers, WorkNumbers>();
        services.AddScoped<ActingSteps>().AddScoped<OutsideSteps>();
        services.AddScoped<IWorkHandler, TurnHandler>().AddScoped<IOutsideHandler, OutsideHandler>();
        services.AddTrials();
        return services.AddWatch().AddPeople().AddSteps().AddSweeps().AddVersions();
    }

    /// <param name="api">The group <c>/api/v1</c>.</param>
    public static void MapWorkflows(this IEndpointRouteBuilder api)
    {
        api.MapSops();
        api.MapHooks();
        api.MapVersions();
        api.MapPreviews();
        api.MapTrackedMail();
        api.MapRuns();
        api.MapMigrations();
        api.MapQuotas();
        api.MapTasks();
        api.MapApprovals();
        api.MapWork();
        api.MapTrials();
    }

    /// <summary>What watches and mends runs.</summary>
    private static IServiceCollection AddWatch(this IServiceCollection services) =>
        services.AddScoped<MendingMany>().AddScoped<RunPeople>().AddScoped<RunSight>().AddScoped<WaitingView>().AddScoped<EditCheck>()
            .AddSingleton<QuotaRules>().AddSingleton<IRefreshable>(p => p.GetRequiredService<QuotaRules>())
            .AddScoped<RunArchive>().AddScoped<Archiving>().AddScoped<IWorkHandler>(p => p.GetRequiredService<Archiving>()).AddSingleton<ISettingFields, WorkflowSettings>()
            .AddScoped<SopStatistics>().AddScoped<RunFigures>().AddScoped<StepFigures>().AddScoped<PeopleFigures>()
            .AddScoped<QuotaStore>().AddScoped<QuotaBook>().AddScoped<Admission>().AddScoped<IWorkHandler, AskAgain>();

    private static IServiceCollection AddPeople(this IServiceCollection services)
    {
        services.AddScoped<PeopleSearch>().AddScoped<IPeople>(p => p.GetRequiredService<PeopleSearch>()).AddScoped<Acts>().AddScoped<ManyActs>().AddScoped<Sight>().AddScoped<Awakening>().AddScoped<IDigest, WorkDigest>();
        services.AddScoped<IDesk, Desk>().AddScoped<TaskStore>().AddScoped<TaskAlarms>().AddScoped<TaskOpening>().AddScoped<TaskKeeper>().AddScoped<TaskNotices>();
        services.AddScoped<TaskView>().AddScoped<TaskList>().AddScoped<TaskActs>().AddScoped<TaskAnswers>().AddScoped<TaskRights>();
        services.AddScoped<IWorkHandler, TaskAlarmHandler>();
        services.AddScoped<ApprovalStore>().AddScoped<ApprovalOpening>().AddScoped<ApprovalKeeper>().AddScoped<ApprovalFollowUp>().AddScoped<Seating>().AddScoped<SeatTimers>().AddScoped<Bound>();
        services.AddScoped<ApprovalView>().AddScoped<ApprovalList>().AddScoped<ApprovalActs>().AddScoped<ApprovalRights>();
        // The lock is one of the record service's rules and in the end needs that service itself.
        services.AddScoped(p => new Lazy<ApprovalKeeper>(p.GetRequiredService<ApprovalKeeper>)).AddScoped<IRecordRule, ApprovalLock>();
        services.AddScoped<IWorkHandler, SeatDueHandler>().AddScoped<IWorkHandler, HandOver>().AddScoped<IWorkHandler, Recount>().AddScoped<IWorkHandler, SeatRecount>().AddScoped<IWorkHandler, WaitRecount>().AddScoped<IWorkHandler, DateMovedHandler>().AddScoped<FollowedDates>().AddScoped<WaitTimes>().AddScoped<CountAgain>().AddScoped<IWorkHandler, AwakeningHandler>();
        return services;
    }

    private static IServiceCollection AddVersions(this IServiceCollection services)
    {
        services.AddScoped<Publishing>().AddScoped<Editors>().AddScoped<VersionView>().AddScoped<VersionCompare>();
        services.AddScoped<MigrationPlan>().AddScoped<OpenWork>().AddScoped<RunMover>().AddScoped<MigrationStore>().AddScoped<MigrationPreview>().AddScoped<MigrationActs>();
        return services.AddScoped<MigrationWork>().AddScoped<IWorkHandler>(p => p.GetRequiredService<MigrationWork>()).AddScoped<IWorkHandler, MigrationRunWork>();
    }

    private static IServiceCollection AddSteps(this IServiceCollection services) => services
        .AddScoped<IStep, AssignOwner>().AddScoped<IStep, UpdateFields>().AddScoped<IStep, CreateRecord>().AddScoped<IStep, CreateActivity>()
        .AddScoped<IStep, AddTag>().AddScoped<IStep, RemoveTag>().AddScoped<IStep, Score>()
        .AddScoped<IStep, Notify>().AddScoped<IStep, SendMail>().AddScoped<IStep, PostToRobot>().AddScoped<IStep, CallHttp>();
}
