namespace Pipeline.Stages.LabelUnification;

/// <summary>The rules that decide, as the column <c>rule</c> names them.</summary>
internal static class Rules
{
    /// <summary>All who speak name the same genre; they are two at least.</summary>
    public const string Agree = "agree";

    /// <summary>They differ, and the first in the order of <see cref="Policy.TagtraumFirst"/> counts.</summary>
    public const string TagtraumFirst = "tagtraum-first";

    /// <summary>They differ, and the first in the order of <see cref="Policy.TopmagdFirst"/> counts.</summary>
    public const string TopmagdFirst = "topmagd-first";

    /// <summary>They differ, and one genre has the most weight.</summary>
    public const string Vote = "vote";

    /// <summary>They differ, several genres have the same weight, and the one that the first source names counts.</summary>
    public const string Tie = "tie";

    /// <summary>Only one speaks: <c>only-tagtraum</c>, <c>only-topmagd</c>, <c>only-masd</c> or <c>only-folder</c>.</summary>
    public static string Only(LabelSource source) => OnlyNames[(int)source];

    private static readonly string[] OnlyNames = [.. Statements.Sources.Select(s => $"only-{GenreMap.NameOf(s)}")];
}
