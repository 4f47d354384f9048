using System.Globalization;
using Pipeline.Recipes;

namespace Pipeline.Features.Representations;

/// <summary>The settings that a recipe has for representations one under the other.</summary>
internal static class StackSection
{
    /// <summary>Reads the list <c>stack</c>.</summary>
    /// <param name="section">The section that it stands in.</param>
    /// <param name="sampleRate">Samples per second.</param>
    public static IReadOnlyList<StackMember> Read(RecipeSection section, int sampleRate)
    {
        var members = new List<StackMember>();
        foreach (RecipeSection one in section.List("stack"))
        {
            string name = one.Text("name", "");
            if (name.Length == 0 || !char.IsAsciiLetter(name[0]) || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') || members.Any(m => m.Name == name))
            {
                throw one.Refuse("name", "must be letters, digits and dashes, a letter first, and differ from the others' in the stack");
            }

            Representation representation = one.Choice("representation", Representation.Stack);
            if (representation is Representation.Stack or Representation.Segments or Representation.Picture)
            {
                throw one.Refuse("representation", "must be one of samples: logmel, mfcc, chroma, spectrogram or stats");
            }

            SoundPart part = one.Choice("part", SoundPart.All);
            int first = members.Sum(m => m.Count);
            members.Add(new StackMember(name, representation, part, first, AudioPlan.Read(representation, one, sampleRate)));
            one.Finish();
        }

        return members.Count > 0 ? members : throw section.Refuse("stack", "is missing: a list of representations, each with a name");
    }

    /// <summary>Refuses members whose frames are not the same.</summary>
    /// <param name="section">The section that the list stands in.</param>
    /// <param name="members">The members.</param>
    /// <param name="samples">Samples of a window, where all are of one length before their features are computed; otherwise null.</param>
    public static void CheckFrames(RecipeSection section, IReadOnlyList<StackMember> members, int? samples)
    {
        foreach (StackMember one in members)
        {
            foreach (StackMember other in members.TakeWhile(m => m != one))
            {
                if (Difference(other.Plan.Frames, one.Plan.Frames, samples) is { } difference)
                {
                    throw section.Refuse("stack", string.Format(CultureInfo.InvariantCulture, difference, $"'{other.Name}'", $"'{one.Name}'"));
                }
            }
        }
    }

    /// <summary>What the channels are, of all members: their own names behind the member's.</summary>
    public static FeatureAxes AxesOf(IReadOnlyList<StackMember> members)
    {
        string[] units = [.. members.Select(m => m.Plan.Axes.Unit).Distinct()];
        return new FeatureAxes(
            string.Join(", ", members.Select(m => m.Name)), null, [.. members.SelectMany(NamesOf)], units.Length == 1 ? units[0] : "");
    }

    private static IEnumerable<string> NamesOf(StackMember member) =>
        (member.Plan.Axes.Names ?? member.Plan.Axes.Hertz!.Select(h => string.Create(CultureInfo.InvariantCulture, $"{h:0.##} Hz"))).Select(name => $"{member.Name} {name}");

    // A sentence with places for both names.
    private static string? Difference(FrameGrid a, FrameGrid b, int? samples)
    {
        if (a == b)
        {
            return null;
        }

        if (a.Hop > 0 && b.Hop > 0)
        {
            return a.Hop != b.Hop
                ? $"has a frame every {a.Hop} samples in {{0}} and every {b.Hop} in {{1}}: give both the same hop"
                : "has frames at other times in {0} than in {1}: give both the same 'stft.centred' and, where that is false, the same 'stft.fft_size'";
        }

        if (a.Hop == b.Hop)
        {
            return $"has a width of {a.Count} in {{0}} and of {b.Count} in {{1}}: give both the same";
        }

        if (samples is not { } window)
        {
            return "has as many frames of any music in one of {0} and {1}, and more of longer music in the other: they stand together only with 'window.length_s'";
        }

        return a.CountOf(window) == b.CountOf(window) ? null
            : $"has {a.CountOf(window)} frames of a window in {{0}} and {b.CountOf(window)} in {{1}}: give the one with a width that of the other";
    }
}
