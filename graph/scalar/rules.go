package scalar

import (
	"slices"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator/core"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// Rules are the rules by which operations are checked: those of GraphQL, with one
// allowance. A variable of the type Int may stand for a BaseYear, so that what was
// written when a base year could only be a number is still understood. The values that
// they have checked are kept as they were written where a machine's number would not hold
// them.
func Rules() *rules.Rules {
	checked, position, correct := rules.NewDefaultRules(), rules.VariablesInAllowedPositionRule, rules.ValuesOfCorrectTypeRule
	checked.ReplaceRule(correct.Name, func(observers *core.Events, addError core.AddErrFunc) {
		observers.OnValue(keepDigits)
		correct.RuleFunc(observers, addError)
	})
	checked.ReplaceRule(position.Name, func(observers *core.Events, addError core.AddErrFunc) {
		var allowed []*ast.Position
		observers.OnValue(func(_ *core.Walker, value *ast.Value) {
			if isBaseYear(value) {
				allowed = append(allowed, value.Position)
			}
		})
		position.RuleFunc(observers, func(options ...core.ErrorOption) {
			var fault gqlerror.Error
			for _, option := range options {
				option(&fault)
			}
			if !slices.ContainsFunc(allowed, func(at *ast.Position) bool { return isAt(&fault, at) }) {
				addError(options...)
			}
		})
	})
	return checked
}

// keepDigits makes a text of a number that stands for an ID or one of our own scalars:
// those read digits themselves, of which a float64 loses some and an int64 refuses many.
func keepDigits(_ *core.Walker, value *ast.Value) {
	isNumber := value.Kind == ast.IntValue || value.Kind == ast.FloatValue
	if d := value.Definition; isNumber && d != nil && d.Kind == ast.Scalar && (!d.BuiltIn || d.Name == "ID") {
		value.Kind = ast.StringValue
	}
}

// isBaseYear reports whether a variable of the type Int stands where a BaseYear may.
func isBaseYear(value *ast.Value) bool {
	return value.Kind == ast.Variable && value.ExpectedType != nil && value.ExpectedType.NamedType == "BaseYear" &&
		value.VariableDefinition != nil && value.VariableDefinition.Type.NamedType == "Int" &&
		(value.VariableDefinition.Type.NonNull || !value.ExpectedType.NonNull || value.ExpectedTypeHasDefault)
}

func isAt(fault *gqlerror.Error, at *ast.Position) bool {
	return slices.ContainsFunc(fault.Locations, func(l gqlerror.Location) bool { return l.Line == at.Line && l.Column == at.Column })
}
