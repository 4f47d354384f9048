namespace Pipeline.Models;

/// <summary>One of the networks of a model, which differ by their seed.</summary>
/// <param name="Seed">What it was started from.</param>
/// <param name="Epoch">The epoch whose weights it has.</param>
/// <param name="ValidLoss">Loss on the valid part.</param>
/// <param name="ValidAccuracy">Share of the valid part's recordings that it names right.</param>
/// <param name="ValidMacroF1">Mean over genres of F1 on the valid part's recordings.</param>
public sealed record ModelMember(ulong Seed, int Epoch, double ValidLoss, double ValidAccuracy, double ValidMacroF1);
