using System.CommandLine;
using System.CommandLine.Help;

namespace Pipeline.Cli;

/// <summary>A parsed command line: what was asked for, or what is wrong with it.</summary>
internal sealed class StageCommandLine
{
    private StageCommandLine(ParseResult result) => Result = result;

    public ParseResult Result { get; }

    public bool WantsHelp { get; private init; }

    public bool WantsVersion { get; private init; }

    /// <summary>What is wrong, in words; null for nothing.</summary>
    public string? Error { get; private init; }

    /// <summary>Parses <paramref name="args"/> with <c>--help</c> and <c>--version</c> as every stage has them.</summary>
    public static StageCommandLine Parse(RootCommand command, string[] args)
    {
        // The built-in two print in their own way and refuse company; directives ([suggest]) are nothing a stage takes.
        for (int i = command.Options.Count - 1; i >= 0; i--)
        {
            if (command.Options[i] is HelpOption or VersionOption)
            {
                command.Options.RemoveAt(i);
            }
        }
        command.Directives.Clear();
        var help = new Option<bool>("--help", "-h") { Description = "Print this.", Arity = ArgumentArity.Zero, Recursive = true };
        var version = new Option<bool>("--version") { Description = "Print the version.", Arity = ArgumentArity.Zero };
        command.Options.Add(help);
        command.Options.Add(version);

        // Off: @name is a file like any other, and -abc is a mistyped --abc.
        var plain = new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null };
        ParseResult result = command.Parse(args, plain);

        bool wantsHelp = result.GetResult(help) is { Implicit: false };
        bool wantsVersion = result.GetResult(version) is { Implicit: false };
        return new StageCommandLine(result)
        {
            WantsHelp = wantsHelp,
            WantsVersion = wantsVersion,
            Error = wantsHelp || wantsVersion ? null : UsageError.Find(result, args),
        };
    }
}
