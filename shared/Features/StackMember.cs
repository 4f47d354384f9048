using Pipeline.Features.Representations;

namespace Pipeline.Features;

/// <summary>One of the representations that stand one under the other where there are several (<see cref="Features.Representation.Stack"/>).</summary>
public sealed record StackMember
{
    internal StackMember(string name, Representation representation, SoundPart part, int first, AudioPlan plan) =>
        (Name, Representation, Part, First, Plan) = (name, representation, part, first, plan);

    /// <summary>Its name, which an input of a network may ask for.</summary>
    public string Name { get; }

    /// <summary>What is made of the sound.</summary>
    public Representation Representation { get; }

    /// <summary>What part of the sound is looked at.</summary>
    public SoundPart Part { get; }

    /// <summary>Its first channel, counted from 0 through all members.</summary>
    public int First { get; }

    /// <summary>How many channels it has.</summary>
    public int Count => Plan.Channels;

    /// <summary>What computes it.</summary>
    internal AudioPlan Plan { get; }
}
