// An option that takes a whole number, with a complaint a user understands.
using System.CommandLine;
using System.Globalization;
using System.Numerics;
using Nestor.Tools.Support;

namespace Nestor.Tools.Commands;

internal static class NumberOption
{
    public static Option<int?> Create(string name, string helpName, string description) => Create<int>(name, helpName, description);

    /// <summary>For numbers that may be larger.</summary>
    public static Option<long?> CreateLong(string name, string helpName, string description) => Create<long>(name, helpName, description);

    /// <summary>The number, which may not be less than 1.</summary>
    /// <exception cref="UsageException">It is.</exception>
    public static T? AtLeastOne<T>(string name, T? value)
        where T : struct, INumber<T> => value < T.One ? throw new UsageException($"{name} is {value}; it must be at least 1") : value;

    private static Option<T?> Create<T>(string name, string helpName, string description)
        where T : struct, INumber<T> => new(name)
    {
        HelpName = helpName,
        Description = description,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out T number))
            {
                return number;
            }

            result.AddError($"{name}: '{text}' is not a number");
            return null;
        },
    };
}
