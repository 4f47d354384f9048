using System.Reflection;
using System.Text.RegularExpressions;
using Pipeline.Tables;
using Xunit;

namespace Pipeline.Tests.Tables;

/// <summary>A record type and its contract say the same, column for column.</summary>
public sealed partial class ContractTests
{
    public static TheoryData<string> Names => [.. Contracts.All.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Columns_are_the_properties_of_the_record_in_order(string name)
    {
        TableContract contract = Contracts.Find(name)!;
        ParameterInfo[] parameters = contract.RowType.GetConstructors().Single(c => c.GetParameters().Length > 1).GetParameters();
        var nullability = new NullabilityInfoContext();
        Assert.Equal(
            parameters.Select(p => (SnakeCase(p.Name!), TypeOf(p, nullability))),
            contract.Columns.Select(c => (c.Name, c.TypeName)));
    }

    [Fact]
    public void Tables_are_those_of_the_pipeline_in_the_order_in_which_they_come_to_be() =>
        Assert.Equal(["recordings", "segments", "labels", "splits", "examples", "features", "predictions", "verdicts"], Contracts.All.Select(c => c.Name));

    [Fact]
    public void An_unknown_contract_is_null() => Assert.Null(Contracts.Find("label"));

    private static string TypeOf(ParameterInfo parameter, NullabilityInfoContext nullability)
    {
        Type type = parameter.ParameterType;
        bool isOptional = nullability.Create(parameter).ReadState == NullabilityState.Nullable;
        Type bare = Nullable.GetUnderlyingType(type) ?? type;
        string name = Type.GetTypeCode(bare.IsArray ? bare.GetElementType() : bare) switch
        {
            TypeCode.String => "string",
            TypeCode.Int32 => "int32",
            TypeCode.Int64 => "int64",
            TypeCode.Single => "float",
            TypeCode.Double => "double",
            TypeCode.Boolean => "bool",
            _ => throw new InvalidOperationException($"no column can hold a {type}"),
        };
        return (bare.IsArray ? $"list<{name}>" : name) + (isOptional ? "?" : "");
    }

    private static string SnakeCase(string name) => WordStart().Replace(name, "_$0").ToLowerInvariant();

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex WordStart();
}
