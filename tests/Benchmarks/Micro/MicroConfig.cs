using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Pipeline.Benchmarks;

/// <summary>Short, and in this process: a process of its own for each would take longer to build than to run.</summary>
public sealed class MicroConfig : ManualConfig
{
    public MicroConfig()
    {
        AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
        AddColumn(new RateColumn());
        HideColumns("Error", "StdDev", "RatioSD", "Job", "Toolchain", "IterationCount", "LaunchCount", "WarmupCount");
    }

    private sealed class RateColumn : IColumn
    {
        public string Id => nameof(RateColumn);

        public string ColumnName => "MB/s";

        public bool AlwaysShow => true;

        public ColumnCategory Category => ColumnCategory.Statistics;

        public int PriorityInCategory => 100;

        public bool IsNumeric => true;

        public UnitType UnitType => UnitType.Dimensionless;

        public string Legend => "10^6 bytes of values per second";

        public string GetValue(Summary summary, BenchmarkCase benchmarkCase)
        {
            var bytes = (BytesAttribute?)Attribute.GetCustomAttribute(benchmarkCase.Descriptor.WorkloadMethod, typeof(BytesAttribute));
            return bytes is not null && summary[benchmarkCase]?.ResultStatistics is { } s ? $"{bytes.Count / s.Mean * 1000:f0}" : "-";
        }

        public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

        public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

        public bool IsAvailable(Summary summary) => true;
    }
}

/// <summary>Bytes of values that one run of the benchmark goes through.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BytesAttribute(long count) : Attribute
{
    public long Count => count;
}
