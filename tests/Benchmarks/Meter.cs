using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Pipeline.Benchmarks;

/// <summary>Adds up wall and processor time of the parts that are measured, and tells what the process used.</summary>
internal sealed class Meter
{
    private long wallStart;
    private TimeSpan cpuStart;

    public TimeSpan Wall { get; private set; }

    public TimeSpan Cpu { get; private set; }

    public void Start()
    {
        cpuStart = Environment.CpuUsage.TotalTime;
        wallStart = Stopwatch.GetTimestamp();
    }

    public void Stop()
    {
        Wall += Stopwatch.GetElapsedTime(wallStart);
        Cpu += Environment.CpuUsage.TotalTime - cpuStart;
    }

    /// <summary>Prints one line of JSON. <paramref name="bytes"/> are bytes of values: 4 for each float.</summary>
    public void Report(string what, long bytes, string file, params (string Name, object Value)[] more)
    {
        double mb = bytes / 1e6;
        var line = new Dictionary<string, object>
        {
            ["what"] = what,
            ["MB"] = Math.Round(mb, 1),
            ["wallS"] = Math.Round(Wall.TotalSeconds, 4),
            ["cpuS"] = Math.Round(Cpu.TotalSeconds, 4),
            ["MBperS"] = Math.Round(mb / Wall.TotalSeconds, 1),
            ["MBperCpuS"] = Math.Round(mb / Cpu.TotalSeconds, 1),
            ["processCpuS"] = Math.Round(Environment.CpuUsage.TotalTime.TotalSeconds, 3),
            ["peakMB"] = PeakMegabytes(),
        };
        if (file.Length > 0)
        {
            line["fileMB"] = Math.Round(new FileInfo(file).Length / 1e6, 2);
        }

        foreach ((string name, object value) in more)
        {
            line[name] = value;
        }

        Console.WriteLine(JsonSerializer.Serialize(line));
    }

    /// <summary>The most memory that the process has had resident, in 10^6 bytes.</summary>
    private static double PeakMegabytes()
    {
        string line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return Math.Round(long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024 / 1e6, 1);
    }
}
