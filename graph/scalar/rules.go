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
// written when a base year could only be a number is still understood.
func Rules() *rules.Rules {
	checked, position := rules.NewDefaultRules(), rules.VariablesInAllowedPositionRule
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

// isBaseYear reports whether a variable of the type Int stands where a BaseYear may.
func isBaseYear(value *ast.Value) bool {
	return value.Kind == ast.Variable && value.ExpectedType != nil && value.ExpectedType.NamedType == "BaseYear" &&
		value.VariableDefinition != nil && value.VariableDefinition.Type.NamedType == "Int" &&
		(value.VariableDefinition.Type.NonNull || !value.ExpectedType.NonNull || value.ExpectedTypeHasDefault)
}

func isAt(fault *gqlerror.Error, at *ast.Position) bool {
	return slices.ContainsFunc(fault.Locations, func(l gqlerror.Location) bool { return l.Line == at.Line && l.Column == at.Column })
}
