package api

import (
	"context"
	"slices"

	shopv1 "kessai.dev/kessai/gen/kessai/shop/v1"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/shipping"
	"kessai.dev/kessai/internal/shop"
)

const thereAlready = "is there already: update it, or take another name"

// ListPaymentMethods reads the payment methods.
func (s *shopService) ListPaymentMethods(ctx context.Context, _ *shopv1.ListPaymentMethodsRequest) (*shopv1.ListPaymentMethodsResponse, error) {
	list, err := s.a.o.Shops.Methods(callFrom(ctx).who.shop())
	if err != nil {
		return nil, fromShops(err, "")
	}
	return &shopv1.ListPaymentMethodsResponse{PaymentMethods: methodMessages(list)}, nil
}

// CreatePaymentMethod adds one at the end.
func (s *shopService) CreatePaymentMethod(ctx context.Context, r *shopv1.CreatePaymentMethodRequest) (*shopv1.CreatePaymentMethodResponse, error) {
	given := r.GetPaymentMethod()
	made := shop.PaymentMethod{Name: given.GetTitle(), Description: given.GetDescription(), Kind: given.GetKind(), Stopped: given.GetStopped()}
	var err error
	if given.GetName() != "" {
		if made.ID, err = resource(given.GetName(), paymentMethods); err != nil {
			return nil, err
		}
	}
	list, err := s.changeMethods(ctx, func(list []shop.PaymentMethod) ([]shop.PaymentMethod, error) {
		if made.ID != "" && slices.ContainsFunc(list, func(m shop.PaymentMethod) bool { return m.ID == made.ID }) {
			return nil, invalidField("payment_method.name", thereAlready)
		}
		return append(list, made), nil
	})
	if err != nil {
		return nil, err
	}
	return &shopv1.CreatePaymentMethodResponse{PaymentMethod: methodMessage(&list[len(list)-1])}, nil
}

// UpdatePaymentMethod changes what is given.
func (s *shopService) UpdatePaymentMethod(ctx context.Context, r *shopv1.UpdatePaymentMethodRequest) (*shopv1.UpdatePaymentMethodResponse, error) {
	given, at := r.GetPaymentMethod(), 0
	list, err := s.changeMethod(ctx, given.GetName(), func(list []shop.PaymentMethod, i int) ([]shop.PaymentMethod, error) {
		m := &list[i]
		at = i
		set(&m.Name, given.Title)
		set(&m.Description, given.Description)
		set(&m.Stopped, given.Stopped)
		if given.GetKind() != "" {
			m.Kind = given.GetKind()
		}
		return list, nil
	})
	if err != nil {
		return nil, err
	}
	return &shopv1.UpdatePaymentMethodResponse{PaymentMethod: methodMessage(&list[at])}, nil
}

// OrderPaymentMethods sets the order of all.
func (s *shopService) OrderPaymentMethods(ctx context.Context, r *shopv1.OrderPaymentMethodsRequest) (*shopv1.OrderPaymentMethodsResponse, error) {
	list, err := s.changeMethods(ctx, func(list []shop.PaymentMethod) ([]shop.PaymentMethod, error) {
		var ordered []shop.PaymentMethod
		for _, m := range list {
			at := slices.Index(r.GetNames(), paymentMethods+m.ID)
			if at < 0 || len(r.GetNames()) != len(list) {
				return nil, invalidField("names", "must be the names of all payment methods, stopped ones too, each once; list them first")
			}
		}
		for _, name := range r.GetNames() {
			ordered = append(ordered, list[slices.IndexFunc(list, func(m shop.PaymentMethod) bool { return paymentMethods+m.ID == name })])
		}
		return ordered, nil
	})
	if err != nil {
		return nil, err
	}
	return &shopv1.OrderPaymentMethodsResponse{PaymentMethods: methodMessages(list)}, nil
}

// DeletePaymentMethod removes one that no order used (R21).
func (s *shopService) DeletePaymentMethod(ctx context.Context, r *shopv1.DeletePaymentMethodRequest) (*shopv1.DeletePaymentMethodResponse, error) {
	_, err := s.changeMethod(ctx, r.GetName(), func(list []shop.PaymentMethod, i int) ([]shop.PaymentMethod, error) {
		return slices.Delete(list, i, i+1), nil
	})
	if err != nil {
		return nil, err
	}
	return &shopv1.DeletePaymentMethodResponse{}, nil
}

func (s *shopService) changeMethods(ctx context.Context, change func([]shop.PaymentMethod) ([]shop.PaymentMethod, error)) ([]shop.PaymentMethod, error) {
	list, err := s.a.o.Shops.ChangeMethods(ctx, callFrom(ctx).who.shop(), change)
	if err != nil {
		return nil, fromShops(err, "注文で使われた決済方法は削除できません。表示をやめるには、停止してください。")
	}
	return list, nil
}

// changeMethod changes the list at the one of that name.
func (s *shopService) changeMethod(
	ctx context.Context, name string, change func(list []shop.PaymentMethod, i int) ([]shop.PaymentMethod, error),
) ([]shop.PaymentMethod, error) {
	id, err := resource(name, paymentMethods)
	if err != nil {
		return nil, err
	}
	return s.changeMethods(ctx, func(list []shop.PaymentMethod) ([]shop.PaymentMethod, error) {
		i := slices.IndexFunc(list, func(m shop.PaymentMethod) bool { return m.ID == id })
		if i < 0 {
			return nil, ledger.ErrNotFound
		}
		return change(list, i)
	})
}

// ListDeliveryMethods reads the delivery methods.
func (s *shopService) ListDeliveryMethods(ctx context.Context, _ *shopv1.ListDeliveryMethodsRequest) (*shopv1.ListDeliveryMethodsResponse, error) {
	list, err := s.a.o.Shops.Deliveries(callFrom(ctx).who.shop())
	if err != nil {
		return nil, fromShops(err, "")
	}
	out := &shopv1.ListDeliveryMethodsResponse{}
	for i := range list {
		out.DeliveryMethods = append(out.DeliveryMethods, deliveryMessage(&list[i]))
	}
	return out, nil
}

// CreateDeliveryMethod adds one at the end (R19).
func (s *shopService) CreateDeliveryMethod(ctx context.Context, r *shopv1.CreateDeliveryMethodRequest) (*shopv1.CreateDeliveryMethodResponse, error) {
	given := r.GetDeliveryMethod()
	made := shipping.Method{Name: given.GetTitle(), Carrier: shipping.Carrier(given.GetCarrier())}
	var err error
	if given.GetName() != "" {
		if made.ID, err = resource(given.GetName(), deliveryMethods); err != nil {
			return nil, err
		}
	}
	list, err := s.a.o.Shops.ChangeDeliveries(ctx, callFrom(ctx).who.shop(), func(list []shipping.Method) ([]shipping.Method, error) {
		if made.ID != "" && slices.ContainsFunc(list, func(m shipping.Method) bool { return m.ID == made.ID }) {
			return nil, invalidField("delivery_method.name", thereAlready)
		}
		return append(list, made), nil
	})
	if err != nil {
		return nil, fromShops(err, "")
	}
	return &shopv1.CreateDeliveryMethodResponse{DeliveryMethod: deliveryMessage(&list[len(list)-1])}, nil
}

// UpdateDeliveryMethod changes what is given.
func (s *shopService) UpdateDeliveryMethod(ctx context.Context, r *shopv1.UpdateDeliveryMethodRequest) (*shopv1.UpdateDeliveryMethodResponse, error) {
	given, at := r.GetDeliveryMethod(), 0
	list, err := s.changeDelivery(ctx, given.GetName(), func(list []shipping.Method, i int) []shipping.Method {
		at = i
		set(&list[i].Name, given.Title)
		set(&list[i].Carrier, (*shipping.Carrier)(given.Carrier))
		return list
	})
	if err != nil {
		return nil, err
	}
	return &shopv1.UpdateDeliveryMethodResponse{DeliveryMethod: deliveryMessage(&list[at])}, nil
}

// DeleteDeliveryMethod removes one.
func (s *shopService) DeleteDeliveryMethod(ctx context.Context, r *shopv1.DeleteDeliveryMethodRequest) (*shopv1.DeleteDeliveryMethodResponse, error) {
	_, err := s.changeDelivery(ctx, r.GetName(), func(list []shipping.Method, i int) []shipping.Method { return slices.Delete(list, i, i+1) })
	if err != nil {
		return nil, err
	}
	return &shopv1.DeleteDeliveryMethodResponse{}, nil
}

// changeDelivery changes the list at the one of that name.
func (s *shopService) changeDelivery(ctx context.Context, name string, change func(list []shipping.Method, i int) []shipping.Method) ([]shipping.Method, error) {
	id, err := resource(name, deliveryMethods)
	if err != nil {
		return nil, err
	}
	list, err := s.a.o.Shops.ChangeDeliveries(ctx, callFrom(ctx).who.shop(), func(list []shipping.Method) ([]shipping.Method, error) {
		i := slices.IndexFunc(list, func(m shipping.Method) bool { return m.ID == id })
		if i < 0 {
			return nil, ledger.ErrNotFound
		}
		return change(list, i), nil
	})
	if err != nil {
		return nil, fromShops(err, "")
	}
	return list, nil
}
