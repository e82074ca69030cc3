// An option that takes a whole number, with a complaint a user understands.
using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace Nestor.Tools.Commands;

internal static class NumberOption
{
    public static Option<int?> Create(string name, string helpName, string description) => Create<int>(name, helpName, description);

    /// <summary>For numbers that may be larger.</summary>
    public static Option<long?> CreateLong(string name, string helpName, string description) => Create<long>(name, helpName, description);

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
