using System.Globalization;

namespace Pipeline.Benchmarks;

/// <summary>The arguments of a command: names with values, flags, and one file.</summary>
internal sealed class Arguments(string[] args)
{
    private static readonly string[] Flags = ["--plain", "--split", "--columns"];

    public string File { get; } = FindFile(args);

    public bool Has(string flag) => args.Contains(flag);

    public string Text(string name, string fallback)
    {
        int at = Array.IndexOf(args, name);
        return at < 0 ? fallback : args[at + 1];
    }

    public int Number(string name, int fallback) => int.Parse(Text(name, fallback.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);

    private static string FindFile(string[] args)
    {
        for (int i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
            {
                return args[i];
            }

            i += Flags.Contains(args[i]) ? 0 : 1;
        }

        return "";
    }
}
