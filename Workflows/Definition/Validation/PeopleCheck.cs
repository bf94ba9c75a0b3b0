using System.Text.Json;
using Crm.Shared.Records;
using Crm.Workflows.Contracts;

namespace Crm.Workflows.Definition.Validation;

/// <summary>Checks a people rule: what it needs is there, and whether it can find nobody.</summary>
internal sealed class PeopleCheck(SopWorld world, InputCheck input, Report report)
{
    public void Check(JsonElement json, string path, bool needed)
    {
        PeopleRule rule;
        try
        {
            rule = json.Deserialize<PeopleRule>(SopJson.Options)!;
        }
        catch (JsonException)
        {
            report.Error(path, "sop.badPeople");
            return;
        }
        report.Members(json, path, ["by", "users", "role", "within", "level", "path", "of", "among", "else"]);
        Check(rule, path);
        if (needed && !Certain(rule)) report.Warning(path, "sop.peopleMayBeEmpty");
    }

    private void Check(PeopleRule rule, string path)
    {
        switch (rule.By)
        {
            case PeopleBy.Owner when !input.Type.Owned: report.Error(path, "sop.noOwner", input.Type.Label); break;
            case PeopleBy.Users when rule.Users.Count == 0: report.Error($"{path}.users", "sop.peopleMissing"); break;
            case PeopleBy.Users:
                foreach (var user in rule.Users.Where(u => !world.ActiveUsers.Contains(u))) report.Error($"{path}.users", "sop.unknownUser", user);
                break;
            case PeopleBy.Role when rule.Role is null: report.Error($"{path}.role", "sop.peopleMissing"); break;
            case PeopleBy.Field when rule.Path is null: report.Error($"{path}.path", "sop.peopleMissing"); break;
            case PeopleBy.Field when input.CheckPath(rule.Path, $"{path}.path") is { } field && field is not { Type: FieldType.Reference, References: "user" }:
                report.Error($"{path}.path", "sop.notUser", rule.Path);
                break;
            case PeopleBy.RoundRobin or PeopleBy.LeastLoad or PeopleBy.Everyone when rule.Among.Count == 0: report.Error($"{path}.among", "sop.peopleMissing"); break;
        }
        if (rule.Role is { } role && !world.Roles.Contains(role)) report.Error($"{path}.role", "sop.unknownRole", role);
        if (rule.Within == RoleWithin.Region && input.Type.Find("region") is null) report.Error($"{path}.within", "sop.unknownField", "region", input.Type.Label);
        if (rule.Level is < 1 or > 20) report.Error($"{path}.level", "sop.outOfRange", new Label("级数", "Level"), 1, 20);
        if (rule.Of is { } of) Check(of, $"{path}.of");
        for (var i = 0; i < rule.Among.Count; i++)
            if (rule.Among[i] is { } one) Check(one, $"{path}.among[{i}]");
            else report.Error($"{path}.among[{i}]", "sop.badPeople");
        if (rule.Else is { } other) Check(other, $"{path}.else");
    }

    private bool Certain(PeopleRule rule) => rule.By switch
    {
        PeopleBy.Users => rule.Users.Any(world.ActiveUsers.Contains),
        PeopleBy.Role => rule.Within == RoleWithin.Company && rule.Role is { } role && world.RolesWithPeople.Contains(role),
        PeopleBy.RoundRobin or PeopleBy.LeastLoad or PeopleBy.Everyone => rule.Among.Any(one => one is not null && Certain(one)),
        _ => false,
    } || rule.Else is { } other && Certain(other);
}
