using Pipeline.Models.Layers;
using Pipeline.Nn.Layers;
using Pipeline.Recipes;

namespace Pipeline.Models;

/// <summary>Reads a layer of a recipe. A convolution with everything that may stand behind it becomes as few layers as can be.</summary>
internal static class LayerReader
{
    private const int MostUnits = 65_536;

    private enum Kind
    {
        Conv,
        Dense,
        Pool,
        GlobalPool,
        AttentionPool,
        Flatten,
        Gru,
        LayerNorm,
        Norm,
        Summary,
        Activation,
        Dropout,
    }

    private enum Function
    {
        None,
        Relu,
        Gelu,
    }

    /// <summary>Reads a layer and adds what it becomes.</summary>
    /// <param name="section">Its settings.</param>
    /// <param name="view">What it gets.</param>
    /// <param name="layers">Where it is added.</param>
    /// <returns>What the next layer gets.</returns>
    public static View Read(RecipeSection section, View view, List<LayerPlan> layers)
    {
        if (!section.Has("layer"))
        {
            throw section.Refuse("layer", "is missing: it says what kind of layer this is, such as conv or dense");
        }

        Kind kind = section.Choice("layer", Kind.Conv);
        bool isVector = view == View.Vector;
        if (isVector && kind is (Kind.Conv or Kind.Pool or Kind.GlobalPool or Kind.AttentionPool or Kind.Flatten or Kind.Gru or Kind.Summary))
        {
            throw section.Refuse("layer", "wants places along time, and what it gets is one vector");
        }

        if (!isVector && kind == Kind.Dense)
        {
            throw section.Refuse("layer", "wants one vector: put a layer flatten or global-pool in front of it");
        }

        switch (kind)
        {
            case Kind.Conv:
                Conv(section, view, layers);
                return view;
            case Kind.Dense:
                Dense(section, layers);
                return view;
            case Kind.Flatten:
                layers.Add(new FlattenPlan());
                return View.Vector;
            case Kind.Pool:
                (int height, int width) = Sides(section, "size", 2, view == View.Picture, 1, 4096);
                layers.Add(new PoolPlan(new PoolSettings { Kind = section.Choice("kind", PoolKind.Max), Height = height, Width = width }));
                return view;
            case Kind.GlobalPool:
                layers.Add(new GlobalPoolPlan(section.Choice("kind", GlobalPoolKind.Mean)));
                return View.Vector;
            case Kind.Activation:
                layers.Add(new ActivationPlan(section.Choice("kind", ActivationKind.Relu)));
                return view;
            case Kind.Dropout:
                layers.Add(new DropoutPlan((float)section.Number("share", 0.5, 0, 0.99)));
                return view;
            case Kind.AttentionPool:
                layers.Add(new AttentionPoolPlan(section.Int("units", 64, 1, MostUnits)));
                return View.Vector;
            case Kind.LayerNorm:
                layers.Add(new LayerNormPlan());
                return view;
            case Kind.Norm:
                layers.Add(new BatchNormPlan(section.Flag("affine", true), (float)section.Number("clamp", 0, 0, 1e6)));
                return view;
            case Kind.Summary:
                return Summary(section, view, layers);
            default:
                return Gru(section, view, layers);
        }
    }

    private static void Conv(RecipeSection section, View view, List<LayerPlan> layers)
    {
        bool isPicture = view == View.Picture;
        int filters = Required(section, "filters", MostUnits);
        (int kernelHeight, int kernelWidth) = Sides(section, "kernel", 3, isPicture, 1, 255);
        if (kernelHeight % 2 == 0 || kernelWidth % 2 == 0)
        {
            throw section.Refuse("kernel", "must be odd, so that a place has as many neighbours on either side");
        }

        Norm norm = section.Choice("norm", Norm.BeforeActivation);
        Function function = section.Choice("activation", Function.Relu);
        (int poolHeight, int poolWidth) = Sides(section, "pool", 1, isPicture, 1, 4096);
        (int strideHeight, int strideWidth) = Sides(section, "stride", 1, isPicture, 1, 255);
        float dropout = Dropout(section);
        bool isStrided = strideHeight > 1 || strideWidth > 1;
        bool isFused = !isStrided && function != Function.Gelu && poolHeight <= 2 && poolWidth <= 2;
        layers.Add(new ConvPlan(new ConvSettings
        {
            Filters = filters,
            KernelHeight = kernelHeight,
            KernelWidth = kernelWidth,
            Norm = norm,
            Relu = function == Function.Relu,
            PoolHeight = isFused ? poolHeight : 1,
            PoolWidth = isFused ? poolWidth : 1,
            Dropout = isFused ? dropout : 0,
            L2 = L2(section),
        }));
        if (isFused)
        {
            return;
        }

        if (function == Function.Gelu)
        {
            AddGelu(section, norm, layers);
        }

        if (isStrided)
        {
            layers.Add(new PoolPlan(new PoolSettings { Kind = PoolKind.First, Height = strideHeight, Width = strideWidth }));
        }

        if (poolHeight > 1 || poolWidth > 1)
        {
            layers.Add(new PoolPlan(new PoolSettings { Height = poolHeight, Width = poolWidth }));
        }

        AddDropout(dropout, layers);
    }

    private static void AddGelu(RecipeSection section, Norm norm, List<LayerPlan> layers)
    {
        if (norm == Norm.AfterActivation)
        {
            throw section.Refuse("norm", "comes behind relu only: with gelu put it before the activation");
        }

        layers.Add(new ActivationPlan(ActivationKind.Gelu));
    }

    private static void AddDropout(float share, List<LayerPlan> layers)
    {
        if (share > 0)
        {
            layers.Add(new DropoutPlan(share));
        }
    }

    private static void Dense(RecipeSection section, List<LayerPlan> layers)
    {
        int units = Required(section, "units", MostUnits);
        Norm norm = section.Choice("norm", Norm.None);
        Function function = section.Choice("activation", Function.Relu);
        float dropout = Dropout(section);
        bool isFused = function != Function.Gelu;
        layers.Add(new ConvPlan(new ConvSettings { Filters = units, Norm = norm, Relu = function == Function.Relu, Dropout = isFused ? dropout : 0, L2 = L2(section) }));
        if (!isFused)
        {
            AddGelu(section, norm, layers);
            AddDropout(dropout, layers);
        }
    }

    private static View Gru(RecipeSection section, View view, List<LayerPlan> layers)
    {
        if (view != View.Sequence)
        {
            throw section.Refuse("layer", "wants a sequence, and what it gets is a picture");
        }

        var settings = new GruSettings
        {
            Units = Required(section, "units", MostUnits),
            IsBidirectional = section.Flag("bidirectional", false),
            KeepsSteps = section.Flag("keeps_steps", false),
        };
        layers.Add(new GruPlan(settings));
        AddDropout(Dropout(section), layers);
        return settings.KeepsSteps ? View.Sequence : View.Vector;
    }

    private static View Summary(RecipeSection section, View view, List<LayerPlan> layers)
    {
        if (view != View.Sequence || layers.Count > 0)
        {
            throw section.Refuse("layer", "is of the features themselves as a sequence: it comes first, and view is sequence");
        }

        layers.Add(new SummaryPlan(new SummarySettings
        {
            Mean = section.Flag("mean", true),
            Deviation = section.Flag("deviation", true),
            Change = section.Flag("change", true),
            Skewness = section.Flag("skewness", true),
            Texture = section.Flag("texture", true),
            Modulation = section.Flag("modulation", true),
            Covariance = section.Flag("covariance", true),
        }));
        return View.Vector;
    }

    private static int Required(RecipeSection section, string name, int most) =>
        section.Has(name) ? section.Int(name, 1, 1, most) : throw section.Refuse(name, "is missing: a whole number of at least 1");

    private static float Dropout(RecipeSection section) => (float)section.Number("dropout", 0, 0, 0.99);

    private static float L2(RecipeSection section) => (float)section.Number("l2", 0, 0, 1000);

    // One number for both sides, and each of its own for pictures.
    private static (int Height, int Width) Sides(RecipeSection section, string name, int value, bool isPicture, int least, int most)
    {
        int both = section.Int(name, value, least, most);
        return isPicture
            ? (section.Int($"{name}_height", both, least, most), section.Int($"{name}_width", both, least, most))
            : (1, both);
    }
}
