using Pipeline.Nn.Training;
using Pipeline.Recipes;

namespace Pipeline.Stages.Training;

/// <summary>How a network is trained: a recipe's section <c>training</c>.</summary>
internal sealed record TrainingSettings
{
    // What is divided by must not be zero, as a float either.
    private const double LeastEpsilon = 1e-30;

    private TrainingSettings(RecipeSection section)
    {
        Epochs = section.Int("epochs", 100, 1, 1_000_000);
        Batch = section.Int("batch", 64, 2, 65_536);
        Seeds = section.Int("seeds", 1, 1, 100);
        Start = section.Choice("start", FirstWeights.He);
        LabelSmoothing = section.Number("label_smoothing", 0, 0, 0.9);
        Average = section.NumberOrNone("average", null, 0, 0.99999);
        RecipeSection optimiser = section.Section("optimiser");
        double rate = optimiser.Number("rate", 1e-3, 1e-9, 100);
        Optimiser = ReadOptimiser(optimiser);
        optimiser.Finish();
        RecipeSection schedule = section.Section("schedule");
        Schedule = ReadSchedule(schedule, rate);
        schedule.Finish();
        RecipeSection stopping = section.Section("stopping");
        Patience = stopping.IntOrNone("patience", null, 1, 1_000_000);
        Monitor = stopping.Choice("monitor", Monitor.Loss);
        stopping.Finish();
        RecipeSection weights = section.Section("class_weights");
        Weighting = weights.Choice("kind", Weighting.Balanced);
        WeightFactor = weights.Number("factor", 1, 1e-6, 1e6);
        weights.Finish();
        RecipeSection augment = section.Section("augment");
        Mixup = augment.Number("mixup", 0, 0, 100);
        if (Mixup is > 0 and < 0.02)
        {
            throw augment.Refuse("mixup", "must be 0 or at least 0.02");
        }

        Augment = ReadAugment(augment);
        augment.Finish();
        section.Finish();
        Json = section.Complete;
    }

    /// <summary>Epochs at most.</summary>
    public int Epochs { get; }

    /// <summary>Windows of a batch at most.</summary>
    public int Batch { get; }

    /// <summary>Networks, unless the command says otherwise.</summary>
    public int Seeds { get; }

    /// <summary>What the first weights are drawn from.</summary>
    public FirstWeights Start { get; }

    /// <summary>Share of a target that is spread over all genres.</summary>
    public double LabelSmoothing { get; }

    /// <summary>Share of itself that the running mean of the weights keeps at each batch; null for none.</summary>
    public double? Average { get; }

    /// <summary>How weights are changed.</summary>
    public OptimiserSettings Optimiser { get; }

    /// <summary>How fast.</summary>
    public RateSettings Schedule { get; }

    /// <summary>Epochs without a better one after which a training stops; null for never.</summary>
    public int? Patience { get; }

    /// <summary>What makes an epoch better.</summary>
    public Monitor Monitor { get; }

    /// <summary>How genres are weighed.</summary>
    public Weighting Weighting { get; }

    /// <summary>What the weights are multiplied with.</summary>
    public double WeightFactor { get; }

    /// <summary>How evenly two windows are mixed, both parameters of a Beta distribution; 0 for not at all.</summary>
    public double Mixup { get; }

    /// <summary>How windows are varied.</summary>
    public AugmentSettings Augment { get; }

    /// <summary>All settings as JSON, those that the recipe does not give included.</summary>
    public string Json { get; }

    /// <summary>Reads a recipe's section.</summary>
    /// <exception cref="RecipeException">A setting is not known, or not possible.</exception>
    public static TrainingSettings Read(RecipeSection section) => new(section);

    /// <summary>What an error in each genre counts: n / (k n_g), so that all genres count the same together, times the factor.</summary>
    public float[] WeightsOf(IReadOnlyList<long> counts)
    {
        long all = counts.Sum();
        return [.. counts.Select(c => (float)(WeightFactor * (Weighting == Weighting.Balanced ? (double)all / counts.Count / c : 1)))];
    }

    private static OptimiserSettings ReadOptimiser(RecipeSection section)
    {
        OptimiserKind kind = section.Choice("kind", OptimiserKind.Adam);
        var settings = new OptimiserSettings
        {
            Kind = kind,
            WeightDecay = (float)section.Number("weight_decay", 0, 0, 100),
            GreatestNorm = section.NumberOrNone("clip", null, 1e-9, 1e9) ?? 0,
        };
        return kind switch
        {
            OptimiserKind.Sgd => Momentum(section, settings with { Momentum = (float)section.Number("momentum", 0.9, 0, 0.9999), Nesterov = section.Flag("nesterov", false) }),
            OptimiserKind.Adagrad => settings with { Epsilon = (float)section.Number("epsilon", 1e-10, LeastEpsilon, 1) },
            _ => settings with
            {
                Beta1 = section.Number("beta1", 0.9, 0, 0.99999),
                Beta2 = section.Number("beta2", 0.999, 0, 0.99999),
                Epsilon = (float)section.Number("epsilon", 1e-8, LeastEpsilon, 1),
            },
        };
    }

    private static OptimiserSettings Momentum(RecipeSection section, OptimiserSettings settings) =>
        settings.Nesterov && settings.Momentum == 0 ? throw section.Refuse("nesterov", "looks ahead along the momentum, and momentum is 0") : settings;

    private static float Floor(RecipeSection section, double rate)
    {
        double floor = section.Number("floor", 0, 0, 100);
        return floor <= rate ? (float)floor : throw section.Refuse("floor", FormattableString.Invariant($"is {floor}, above the rate of the optimiser, {rate}, from which it falls"));
    }

    private static RateSettings ReadSchedule(RecipeSection section, double rate)
    {
        RateKind kind = section.Choice("kind", RateKind.Constant);
        var settings = new RateSettings { Kind = kind, Rate = (float)rate };
        return kind switch
        {
            RateKind.Plateau => settings with
            {
                Factor = (float)section.Number("factor", 0.5, 0.01, 0.99),
                Patience = section.Int("patience", 5, 0, 1_000_000),
                Floor = Floor(section, rate),
            },
            RateKind.Cosine => settings with { WarmUp = section.Number("warm_up", 0, 0, 0.9), Floor = Floor(section, rate) },
            RateKind.OneCycle => settings with { WarmUp = section.Number("warm_up", 0.3, 0, 0.9) },
            _ => settings,
        };
    }

    private static AugmentSettings ReadAugment(RecipeSection section) => new()
    {
        Stretch = section.Number("stretch", 1, 1, 4),
        TimeShift = section.Int("time_shift", 0, 0, 1_000_000),
        BandShift = section.Int("band_shift", 0, 0, 1000),
        Level = section.Number("level", 0, 0, 100),
        Equaliser = section.Number("equaliser", 0, 0, 100),
        TimeMasks = section.Int("time_masks", 0, 0, 100),
        TimeMaskWidth = section.Int("time_mask_width", 0, 0, 1_000_000),
        BandMasks = section.Int("band_masks", 0, 0, 100),
        BandMaskWidth = section.Int("band_mask_width", 0, 0, 1_000_000),
    };
}
